// `npm run torture -- [--minutes N] [--seed S] [--browser chromium|firefox]`: random work, reloads and kills in two tabs of a real browser.
// Prints steps, kills and losses; ends with 1 where something that was shown as saved was lost.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBrowsers, findBrowser } from './lib/browsers.mjs';
import { asCommand, execute, installed, root } from './lib/run.mjs';
import { ensureBuild } from './lib/site.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    browser: { type: 'string', default: 'chromium' },
  },
});
const [minutes, seed] = [values.minutes, values.seed].map(Number);
const wrong =
  !(minutes > 0) || !Number.isInteger(seed) || seed < 0 || !['chromium', 'firefox'].includes(values.browser);
if (wrong) {
  console.error('usage: npm run torture -- [--minutes N] [--seed S] [--browser chromium|firefox]');
  process.exit(2);
}

await asCommand(async () => {
  await ensureBrowsers();
  if (!existsSync(join(root, 'out', 'index.html'))) await ensureBuild({ always: true });
  const path = findBrowser(/** @type {'chromium' | 'firefox'} */ (values.browser));
  const env = {
    TORTURE_MINUTES: String(minutes),
    TORTURE_SEED: String(seed),
    ...(path ? { [`${values.browser.toUpperCase()}_PATH`]: path } : {}),
  };
  const args = ['test', 'e2e/torture', `--project=${values.browser}`, '--retries=0', '--output=test-results/torture'];
  const timeoutMs = (minutes + 10) * 60_000;
  const { code } = await execute(process.execPath, [installed('@playwright', 'test', 'cli.js'), ...args], {
    timeoutMs,
    env,
  });
  if (code !== 0) process.exitCode = 1;
});
