// A million calls in the browser: imported into the built site, decided by 300 rules (a third of them with conditions), filtered, grouped,
// searched, decided again after an edit, and scrolled to the last one. Tells how long each step took, the longest task of the page's main
// thread in it, and the most memory that the page's process held. MILLION_CALLS=… takes fewer.
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'esbuild';
import { findBrowser } from '../lib/browsers.mjs';
import { chromiumArguments } from '../lib/chromium.mjs';
import { cacheFolder, root } from '../lib/run.mjs';
import { createStaticServer, listen, stop } from '../lib/static-server.mjs';

const CALLS = Number(process.env.MILLION_CALLS ?? 1_000_000);
const RULES = 300;
const ARGUMENT_BYTES = 300;
const A_STEP = 600_000;
const limits = JSON.parse(readFileSync(join(import.meta.dirname, 'million-limits.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'million-'));

/** The same calls and rules as the engine's own benchmark has, with arguments of the length that is asked for. */
async function writeFiles() {
  const outfile = join(cacheFolder, 'bench', 'workload.mjs');
  await build({
    entryPoints: [join(root, 'lib/engine/bench/workload.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
  const { callsOf, policyOf } = await import(pathToFileURL(outfile).href);
  const trace = join(folder, 'million.ndjson');
  const stream = createWriteStream(trace);
  let bytes = 0;
  for (let from = 0; from < CALLS; from += 20_000) {
    let text = '';
    for (const [i, call] of callsOf(Math.min(20_000, CALLS - from), from + 2).entries()) {
      const place = from + i;
      const args = { ...call.args, note: '' };
      args.note =
        'x'.repeat(Math.max(0, ARGUMENT_BYTES - JSON.stringify(args).length)) + (place % 1_000 === 7 ? ' needle' : '');
      bytes += JSON.stringify(args).length;
      const time = new Date(Date.UTC(2026, 10, 1) + place * 1_000).toISOString();
      text += `${JSON.stringify({ ...call, id: `c${place}`, time, args })}\n`;
    }
    if (!stream.write(text)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  const policy = join(folder, 'rules.policy.json');
  const { rules, settings } = policyOf(RULES);
  writeFileSync(
    policy,
    JSON.stringify({ format: 'policy-bundle', version: 1, name: 'Three hundred rules', settings, rules }),
  );
  return { trace, policy, bytes: bytes / CALLS };
}

const server = createStaticServer({ folder: join(root, 'out') });
const port = await listen(server, { port: 0 });
let context;
let watching;
try {
  const files = await writeFiles();
  console.log(`${CALLS.toLocaleString('en')} calls, ${files.bytes.toFixed(0)} bytes of arguments each; ${RULES} rules`);
  // A profile on disk: a window that forgets all would keep the trace in memory.
  context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: findBrowser('chromium'),
    args: chromiumArguments,
    viewport: { width: 1440, height: 900 },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(A_STEP);
  await page.addInitScript(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(`http://127.0.0.1:${port}/`);
  const trace = page.getByRole('region', { name: 'Trace', exact: true });
  const settled = (pattern) => trace.getByRole('status').filter({ hasText: pattern }).waitFor();
  await settled(/calls?$/);

  const processes = renderersOf(folder);
  if (processes.length === 0) throw new Error('the process that draws the page was not found');
  let most = 0;
  let held = 0;
  watching = setInterval(() => {
    held = Math.max(...processes.map(residentMegabytes));
    most = Math.max(most, held);
  }, 250);

  const results = [];
  const step = async (words, act) => {
    await page.evaluate(() => void (globalThis.longTasks.length = 0));
    const began = performance.now();
    await act();
    const took = performance.now() - began;
    const tasks = await page.evaluate(() => globalThis.longTasks);
    const longest = Math.max(0, ...tasks);
    results.push({ words, longest });
    const told =
      longest === 0 ? 'no task over 50 ms' : `longest task ${longest.toFixed(0)} ms (of ${tasks.length} over 50)`;
    console.log(
      `${words.padEnd(52)} ${(took / 1000).toFixed(1).padStart(7)} s   ${told.padEnd(34)} ${held.toFixed(0).padStart(5)} MB`,
    );
  };
  const all = `${CALLS.toLocaleString('en')} calls`;
  const some = new RegExp(`^[\\d,]+ of ${all}$`);
  const whole = new RegExp(`^${all}$`);

  await step('open a policy of 300 rules', async () => {
    await page.getByRole('button', { name: /^Policy: / }).click();
    await page.getByRole('menuitem', { name: 'Open a policy…' }).click();
    await page.getByRole('dialog').locator('input[type=file]').setInputFiles(files.policy);
    await page.getByRole('button', { name: 'Look at it first' }).click();
    await page.getByRole('button', { name: 'Save as a new policy' }).click();
    await settled(/calls?$/);
  });
  await step('read the file', async () => {
    await trace.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('dialog').locator('input[type=file]').setInputFiles(files.trace);
    await page.getByRole('button', { name: /^Import [\d,]+ calls?$/ }).waitFor();
  });
  await step('store it, and decide every call', async () => {
    await page.getByRole('button', { name: /^Import [\d,]+ calls?$/ }).click();
    await settled(whole);
  });
  await step('filter by a tool', async () => {
    await trace.getByRole('combobox', { name: 'Tool' }).selectOption({ index: 1 });
    await settled(some);
  });
  await step('take the filter away', async () => {
    await trace.getByRole('button', { name: 'Clear the filter' }).click();
    await settled(whole);
  });
  await step('sort by user', async () => {
    await trace.getByRole('columnheader', { name: 'User' }).getByRole('button').click();
    await trace
      .getByRole('columnheader', { name: 'User', exact: true })
      .and(page.locator('[aria-sort=ascending]'))
      .waitFor();
    await settled(whole);
  });
  await step('group by rule', async () => {
    await trace.getByRole('button', { name: 'View of the table' }).click();
    await page.getByRole('menuitemradio', { name: 'By rule' }).click();
    await trace.getByRole('treegrid').waitFor();
    await settled(whole);
  });
  await step('search in arguments', async () => {
    await trace.getByRole('searchbox').fill('needle');
    await settled(some);
  });
  await step('take the search away, and the groups', async () => {
    await trace.getByRole('button', { name: 'Clear the filter' }).click();
    await trace.getByRole('button', { name: 'View of the table' }).click();
    await page.getByRole('menuitemradio', { name: 'Not at all' }).click();
    await trace.getByRole('grid').waitFor();
    await settled(whole);
  });
  await step('disable a rule, and see what that decides', async () => {
    await page.getByRole('button', { name: /^Actions for rule 1,/ }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.locator('[data-rule]').first().getByText('Disabled', { exact: true }).waitFor();
    await settled(whole);
  });
  await step('go to the last row, and up again page by page', async () => {
    const grid = trace.getByRole('grid');
    await grid.focus();
    await page.keyboard.press('End');
    await grid.locator(`[data-row="${CALLS - 1}"]`).waitFor();
    for (let i = 0; i < 30; i++) await page.keyboard.press('PageUp');
    for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowUp');
  });
  await step('drag the bar to the middle and to the end', async () => {
    const grid = trace.getByRole('grid');
    await grid.evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
    await page.waitForTimeout(400);
    await grid.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await grid.locator(`[data-row="${CALLS - 1}"]`).waitFor();
  });

  console.log(`most memory of the page's process: ${most.toFixed(0)} MB (limit ${limits.residentMegabytes})`);
  const slow = results.filter(({ longest }) => longest > limits.longestTaskMilliseconds);
  for (const { words, longest } of slow)
    console.log(`over the limit of ${limits.longestTaskMilliseconds} ms: ${words} (${longest.toFixed(0)} ms)`);
  if (slow.length > 0 || most > limits.residentMegabytes) process.exitCode = 1;
} finally {
  clearInterval(watching);
  await context?.close();
  await stop(server);
  rmSync(folder, { recursive: true, force: true });
}

/** The processes that draw pages, of the browser whose profile this is. */
function renderersOf(profile) {
  const all = readdirSync('/proc').flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      const parent = /^\d+ \(.*\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
      return [{ pid, parent, command }];
    } catch {
      // Not a process, or one that has just ended.
      return [];
    }
  });
  const own = new Set(all.filter(({ command }) => command.includes(profile)).map(({ pid }) => pid));
  for (let grown = true; grown;) {
    const more = all.filter(({ pid, parent }) => !own.has(pid) && own.has(parent));
    for (const { pid } of more) own.add(pid);
    grown = more.length > 0;
  }
  return all.filter(({ pid, command }) => own.has(pid) && command.includes('--type=renderer')).map(({ pid }) => pid);
}

/** What the kernel counts of a process, in megabytes. */
function residentMegabytes(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1000;
  } catch {
    return 0;
  }
}
