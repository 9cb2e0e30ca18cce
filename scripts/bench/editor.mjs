// The editor's response beside a large trace, in Chromium on the built site: typing in a condition with 10,000 calls open, each frame
// measured, and opening the rule editor. Compared with editor/limits.json; needs a build (`npm run build`).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '../lib/chromium.mjs';
import { Problem, asCommand, say } from '../lib/run.mjs';
import { siteFolder } from '../lib/site.mjs';
import { startPage } from '../lib/start-page.mjs';
import { createStaticServer, listen, stop } from '../lib/static-server.mjs';
import { recordFigure } from './figures.mjs';

const limits = JSON.parse(readFileSync(join(import.meta.dirname, 'editor', 'limits.json'), 'utf8'));
const condition =
  'has(request.args.channel_id) && request.args.channel_id in ["C_GENERAL", "C_SUPPORT"] && size(request.args.text) < 400';
const keyMs = 70;

/** A trace of the native format, one call a line: several agents and servers, a third of the calls to the tool that the rule is about. */
function traceOf(count) {
  const agents = ['claude-code', 'cursor', 'codex', 'copilot'];
  const tools = [
    [
      'slack',
      'send_message',
      (i) => ({ channel_id: `C_${['GENERAL', 'SUPPORT', 'RANDOM'][i % 3]}`, text: `Message ${i}` }),
    ],
    ['github', 'create_issue', (i) => ({ owner: 'acme', repo: `repo-${i % 40}`, title: `Issue ${i}` })],
    ['payments', 'create_refund', (i) => ({ payment: `p-${i}`, amount: (i * 37) % 900 })],
  ];
  return Array.from({ length: count }, (_, i) => {
    const [resource, tool, args] = tools[i % tools.length];
    return JSON.stringify({
      id: `c${i}`,
      time: new Date(Date.UTC(2026, 10, 2) + i * 7_000).toISOString(),
      agent: { slug: agents[i % agents.length] },
      user: { id: `u-${i % 50}`, email: `user${i % 50}@acme.example`, groups: ['support'] },
      resource: { slug: resource },
      tool: { name: tool, annotations: null },
      args: args(i),
    });
  }).join('\n');
}

async function openTrace(page) {
  await page.getByRole('region', { name: 'Trace' }).getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a trace' });
  const buffer = Buffer.from(traceOf(limits.calls));
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'large.ndjson', mimeType: 'application/x-ndjson', buffer });
  await dialog.getByRole('button', { name: /^Import [\d,]+ calls$/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page
    .getByText(`${limits.calls.toLocaleString('en')} calls`)
    .first()
    .waitFor();
  await page.waitForTimeout(1000);
}

/** From the press of a button until the rule editor is drawn. Milliseconds on the page's own clock. */
async function openingTimes(page, times) {
  const policy = page.getByRole('region', { name: 'Policy', exact: true });
  const found = [];
  for (let i = 0; i < times; i++) {
    const button =
      i % 2 === 0
        ? policy.getByRole('button', { name: /^Edit rule 2/ })
        : policy.getByRole('button', { name: 'Add rule' });
    await button.hover();
    // The delay between a user's pointing and pressing.
    await page.waitForTimeout(200);
    found.push(
      await button.evaluate(
        (element) =>
          new Promise((done) => {
            const started = performance.now();
            element.click();
            const look = () => {
              if (document.querySelector('[aria-label="Rule editor"] form') === null) requestAnimationFrame(look);
              // It is drawn with the frame; the next one comes after it.
              else requestAnimationFrame(() => done(performance.now() - started));
            };
            look();
          }),
      ),
    );
    if (await page.evaluate(() => document.querySelector('.monaco-editor') !== null))
      throw new Problem('the code editor is open too');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('region', { name: 'Rule editor' }).waitFor({ state: 'hidden' });
  }
  return found;
}

/**
 * The work of the page's main thread for each frame that is drawn while `act` runs, in milliseconds: by the processor's clock, so that what
 * other programs take away is not counted, and by the wall's. The parts of Chromium's own trace are named as they are there.
 */
async function framesDuring(page, act) {
  const devtools = await page.context().newCDPSession(page);
  const events = [];
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const traceConfig = { includedCategories: ['toplevel', 'devtools.timeline', '__metadata'] };
  await devtools.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  await act();
  const ended = new Promise((done) => devtools.once('Tracing.tracingComplete', done));
  await devtools.send('Tracing.end');
  await ended;
  await devtools.detach();
  return framesOf(events);
}

function framesOf(events) {
  const main = events.find(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const ofMain = events.filter(({ pid, tid, ph }) => pid === main?.pid && tid === main.tid && ph === 'X');
  const byTime = (a, b) => a.ts - b.ts;
  const tasks = ofMain.filter(({ name }) => /RunTask$/.test(name)).sort(byTime);
  const drawn = ofMain.filter(({ name }) => name === 'PrePaint').sort(byTime);
  const frames = [];
  let work = [];
  let next = 0;
  for (const task of tasks) {
    work.push(task);
    const end = task.ts + task.dur;
    while (next < drawn.length && drawn[next].ts < task.ts) next += 1;
    if (next >= drawn.length || drawn[next].ts > end) continue;
    frames.push({
      processor: work.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000,
      wall: work.reduce((sum, { dur }) => sum + dur, 0) / 1000,
    });
    work = [];
  }
  if (frames.length < 20) throw new Problem('Chromium reported too few frames for a result');
  return frames;
}

/** "median 21, 95 % 40, most 48 ms". */
function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(1);
  return `median ${at(0.5)}, 95 % ${at(0.95)}, most ${at(1)} ms`;
}

await asCommand(async () => {
  const server = createStaticServer({ folder: siteFolder });
  const port = await listen(server, { port: 0 });
  const browser = await launchChromium();
  const over = [];
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`http://127.0.0.1:${port}/`);
    await startPage(page);
    await page.locator('html[data-offline="ready"]').waitFor({ state: 'attached' });
    await openTrace(page);
    const opening = await openingTimes(page, 10);
    say(`the rule editor opens, ${opening.length} times:  ${spread(opening)} (limit ${limits.openMilliseconds})`);
    recordFigure({ name: 'editor: opens, most', value: Math.max(...opening), unit: 'ms', better: 'lower' });
    if (Math.max(...opening) > limits.openMilliseconds) over.push('opening the rule editor');

    await page.getByRole('button', { name: /^Edit rule 2/ }).click();
    await page.getByLabel('Condition (CEL)').focus();
    await page.getByTestId('condition-editor').locator('textarea').waitFor({ state: 'attached' });
    await page.waitForTimeout(1500);
    await page.keyboard.press('ControlOrMeta+A');
    const frames = await framesDuring(page, async () => {
      await page.keyboard.type(condition, { delay: keyMs });
      await page.waitForTimeout(1000);
    });
    const processor = frames.map((frame) => frame.processor);
    say(
      `typing ${condition.length} characters beside ${limits.calls.toLocaleString('en')} calls, ${frames.length} frames:`,
    );
    say(`  work a frame, processor:  ${spread(processor)} (limit ${limits.frameMilliseconds})`);
    say(`  work a frame, wall:       ${spread(frames.map((frame) => frame.wall))}`);
    const most = Math.max(...processor);
    recordFigure({ name: 'editor: processor time a frame, most', value: most, unit: 'ms', better: 'lower' });
    if (most > limits.frameMilliseconds) over.push('typing in a condition');
  } finally {
    await browser.close();
    await stop(server);
  }
  if (over.length > 0) throw new Problem(`Slower than scripts/bench/editor/limits.json allows: ${over.join(', ')}`);
});
