// npm test: everything. Installs what is missing, continues after a failure where that is useful, and closes with one line
// `N passed, N failed`.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowsers, findBrowser } from './lib/browsers.mjs';
import { reportsFolder, singleCheck, staticChecks, unitTests } from './lib/checks.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { asCommand, cacheFolder, execute, installed, root, say } from './lib/run.mjs';
import { closingLine, playwrightResult, summary } from './lib/tally.mjs';

const minute = 60 * 1000;
// A machine that runs this unattended ends it after 45 minutes: the closing line must be out before.
const deadline = Date.now() + (process.env.CI ? 44 : 120) * minute;
const within = (most) => Math.max(1000, Math.min(most, deadline - Date.now()));

/** @type {import('./lib/tally.mjs').Result[]} */
const results = [];

async function fuzz() {
  if (!existsSync(join(root, 'scripts', 'fuzz.mjs'))) return;
  const args = ['scripts/fuzz.mjs', '--seconds', '60'];
  results.push(await singleCheck('a minute of random input', args, { timeoutMs: within(5 * minute), show: true }));
}

async function build() {
  const built = await singleCheck('build', ['scripts/build.mjs'], { timeoutMs: within(10 * minute), show: true });
  results.push(built);
  if (built.failed > 0) return false;
  const args = ['scripts/relocate.mjs', '/docs/playground', '--to', join(cacheFolder, 'relocated')];
  const moved = await singleCheck('a copy for a sub-path', args, { timeoutMs: within(2 * minute), show: true });
  results.push(moved);
  return moved.failed === 0;
}

/** @param {Awaited<ReturnType<typeof ensureBrowsers>>} browsers */
async function inBrowsers({ missing, sentence }) {
  if (sentence) results.push({ name: 'browsers', passed: 0, failed: 1, note: sentence });
  const env = {};
  for (const [name, variable] of [
    ['chromium', 'CHROMIUM_PATH'],
    ['firefox', 'FIREFOX_PATH'],
  ]) {
    const path = findBrowser(/** @type {'chromium' | 'firefox'} */ (name));
    if (path) env[variable] = path;
  }
  if (!missing.includes('chromium')) {
    const args = ['scripts/budget.mjs'];
    results.push(await singleCheck('size budget', args, { timeoutMs: within(3 * minute), show: true, env }));
  }
  const projects = ['chromium', 'firefox'].filter((name) => !missing.includes(name));
  if (projects.length === 0) return;
  say(`\n— browser tests (${projects.join(', ')})`);
  const report = join(reportsFolder, 'browser.json');
  mkdirSync(reportsFolder, { recursive: true });
  rmSync(report, { force: true });
  const timeoutMs = within(60 * minute);
  const { code } = await execute(
    process.execPath,
    [installed('@playwright', 'test', 'cli.js'), 'test', ...projects.map((name) => `--project=${name}`)],
    { timeoutMs, env: { ...env, E2E_REPORT: report, E2E_MINUTES: String(Math.max(0.5, timeoutMs / minute - 0.5)) } },
  );
  results.push(playwrightResult('browser tests', report, code));
}

async function prepare() {
  const browsers = await ensureBrowsers();
  await fuzz();
  return { browsers, built: await build() };
}

await asCommand(async () => {
  await ensurePackages();
  // A check, the fuzzing and most of the build keep one processor busy each; the unit tests and the browser tests keep two.
  let prepared = { browsers: { missing: [], sentence: undefined }, built: false };
  const first = async () => (prepared = await prepare());
  results.push(...(await staticChecks({ timeoutMs: within(10 * minute), first })));
  results.push(await unitTests({ timeoutMs: within(15 * minute) }));
  if (prepared.built) await inBrowsers(prepared.browsers);
  else say('\nThe browser tests are left out: there is nothing built to run them on.');
  say(['', ...summary(results), closingLine(results)].join('\n'));
  if (results.some(({ failed }) => failed > 0)) process.exitCode = 1;
});
