// A million calls in the browser: imported into the built site, decided by 300 rules (a third of them with conditions), filtered, grouped,
// searched, decided again after an edit, scrolled to the last one, compared and counted. Prints how long each step took, the longest task
// of the page's main thread in it, and the most memory that the page's process held. MILLION_CALLS=… takes fewer; MILLION_TRACE=FOLDER also
// writes the browser's trace of each step there.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from '../lib/browsers.mjs';
import { chromiumArguments } from '../lib/chromium.mjs';
import { root } from '../lib/run.mjs';
import { startPage } from '../lib/start-page.mjs';
import { createStaticServer, listen, stop } from '../lib/static-server.mjs';
import { measure } from './million/main-thread.mjs';
import { watchRenderers } from './million/memory.mjs';
import { stepsOn } from './million/steps.mjs';
import { writeWorkload } from './million/workload.mjs';
import { recordFigure } from './figures.mjs';

const CALLS = Number(process.env.MILLION_CALLS ?? 1_000_000);
const RULES = 300;
const TESTS = 300;
const A_STEP = 180_000;
const traces = process.env.MILLION_TRACE;
const limits = JSON.parse(readFileSync(join(import.meta.dirname, 'million', 'limits.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'million-'));
if (traces !== undefined) mkdirSync(traces, { recursive: true });

const server = createStaticServer({ folder: join(root, 'out') });
const port = await listen(server, { port: 0 });
let context;
let memory;
try {
  const files = await writeWorkload(folder, { calls: CALLS, rules: RULES, tests: TESTS });
  console.log(`${CALLS.toLocaleString('en')} calls, ${files.bytes.toFixed(0)} bytes of arguments each; ${RULES} rules`);
  // A profile on disk: a window that forgets all would keep the trace in memory.
  context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: findBrowser('chromium'),
    args: chromiumArguments,
    viewport: { width: 1440, height: 900 },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(A_STEP);
  await page.goto(`http://127.0.0.1:${port}/`);
  await startPage(page);
  await page
    .getByRole('region', { name: 'Trace', exact: true })
    .getByRole('status')
    .filter({ hasText: /calls?$/ })
    .waitFor();
  memory = watchRenderers(folder);

  const results = [];
  for (const { words, act } of stepsOn(page, { files, calls: CALLS, tests: TESTS })) {
    const { took, tasks } = await measure(page, words, act, traces);
    const longest = Math.max(0, ...tasks.map(({ processor }) => processor));
    const wall = Math.max(0, ...tasks.map((task) => task.wall));
    results.push({ words, longest });
    const longestWords =
      tasks.length === 0 ? 'no task over 20 ms' : `longest task ${longest.toFixed(0)} ms (wall ${wall.toFixed(0)})`;
    console.log(
      `${words.padEnd(52)} ${(took / 1000).toFixed(1).padStart(7)} s   ${longestWords.padEnd(34)} ${memory.held.toFixed(0).padStart(5)} MB`,
    );
  }

  console.log(`most memory of the page's process: ${memory.most.toFixed(0)} MB (limit ${limits.residentMegabytes})`);
  const longest = Math.max(0, ...results.map((result) => result.longest));
  recordFigure({ name: 'million: longest task of the page', value: longest, unit: 'ms', better: 'lower' });
  recordFigure({ name: 'million: most memory of the page', value: memory.most, unit: 'MB', better: 'lower' });
  const slow = results.filter(({ longest }) => longest > limits.longestTaskMilliseconds);
  for (const { words, longest } of slow)
    console.log(`over the limit of ${limits.longestTaskMilliseconds} ms: ${words} (${longest.toFixed(0)} ms)`);
  if (slow.length > 0 || memory.most > limits.residentMegabytes) process.exitCode = 1;
} finally {
  memory?.stop();
  await context?.close();
  await stop(server);
  rmSync(folder, { recursive: true, force: true });
}
