// Five embeds in one page on a phone, which is scrolled while they start: Chromium at a quarter of this processor's speed. The page and its
// frames share one process and one thread, as they do where a site embeds a playground of its own: the worst case.
import { createServer } from 'node:http';
import { listen, stop } from '../../lib/static-server.mjs';
import { PHONE, SLOWER } from './phone.mjs';
import { scrollThrough } from './shift.mjs';

const BUNDLE = JSON.stringify({
  format: 'policy-bundle',
  version: 1,
  name: 'Refunds',
  settings: { gatedWhenFalse: 'continue' },
  rules: [
    {
      id: 'small',
      name: 'Small refunds',
      effect: 'gated',
      tools: ['create_refund'],
      condition: 'request.args.amount <= 500',
    },
    { id: 'none', name: 'No deletions', effect: 'deny', tools: ['delete_*'] },
    { id: 'rest', name: 'All else', effect: 'allow', tools: ['get_*', 'delete_draft'] },
  ],
  trace: [
    { id: 'refund', agent: { slug: 'claude-code' }, tool: { name: 'create_refund' }, args: { amount: 900 } },
    { id: 'read', agent: { slug: 'claude-code' }, tool: { name: 'get_order' }, args: {} },
  ],
  tests: [{ name: 'Orders', call: { id: 't', tool: { name: 'get_order' }, args: {} }, expect: { effect: 'allow' } }],
  exercise: { task: 'Let agents read orders.' },
});
const VIEWS = ['policy', 'rule', 'decision', 'condition', 'exercise'];

/** @param {string} playground its address, with a slash at its end */
function hostPage(playground) {
  const text = '<p>Text between two examples, which is what the reader has come for.</p>'.repeat(12);
  const examples = VIEWS.map(
    (view) =>
      `${text}<policy-playground view="${view}" height="420" editable><script type="application/json">${BUNDLE}</script></policy-playground>`,
  );
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Guide</title><style>policy-playground { display: block; min-height: 420px }</style>
<script src="${playground}embed.js" defer></script></head><body>${examples.join('')}${text}</body></html>`;
}

/** Runs in the page and in each frame before their scripts: the page notes when frames are drawn, and what moves. */
function noteFrames() {
  if (parent !== globalThis) return;
  const noted = { frames: [], ready: 0, moved: 0 };
  Object.assign(globalThis, { noted });
  document.addEventListener('playground-ready', () => (noted.ready += 1), true);
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) noted.moved += value;
  }).observe({ type: 'layout-shift', buffered: true });
  const look = (now) => {
    noted.frames.push(now);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** @typedef {{ frames: number, late: number, longestTask: number, moved: number }} Fluency */

/**
 * The processor time of the longest task of the thread that draws the page, in milliseconds.
 * @param {readonly any[]} events of Chromium's trace
 */
function longestTaskOf(events) {
  const main = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const tasks = events.filter(
    ({ name, ph, pid, tid }) =>
      ph === 'X' && /RunTask$/.test(name) && main.some((one) => one.pid === pid && one.tid === tid),
  );
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000));
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} playground its address, with a slash at its end
 * @returns {Promise<Fluency>} `late`: frames that came more than 50 ms after the one before
 */
export async function measureFive(browser, playground) {
  const host = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(hostPage(playground));
  });
  const port = await listen(host, { port: 0 });
  const context = await browser.newContext({ ...PHONE, serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    await page.addInitScript(noteFrames);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    /** @type {any[]} */
    const events = [];
    devtools.on('Tracing.dataCollected', ({ value }) => events.push(...value));
    const traceConfig = { includedCategories: ['toplevel', '__metadata'] };
    await devtools.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
    await page.goto(`http://127.0.0.1:${port}/`);
    await scrollThrough(page, devtools);
    await page.waitForFunction((all) => globalThis.noted.ready === all, VIEWS.length, { timeout: 60_000 });
    const { frames, moved } = await page.evaluate(() => globalThis.noted);
    const ended = new Promise((done) => devtools.once('Tracing.tracingComplete', done));
    await devtools.send('Tracing.end');
    await ended;
    const gaps = frames.slice(1).map((time, i) => time - frames[i]);
    return {
      frames: gaps.length,
      late: gaps.filter((gap) => gap > 50).length,
      longestTask: longestTaskOf(events),
      moved,
    };
  } finally {
    await context.close();
    await stop(host);
  }
}
