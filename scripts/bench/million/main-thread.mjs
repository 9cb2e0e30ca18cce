// What keeps the page's main thread busy: the browser's own count of long tasks, and where asked for, its trace of them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CATEGORIES = ['devtools.timeline', 'toplevel', 'v8.execute', 'blink.user_timing'];
/** Which function is at work, sampled: it makes all that is measured slower. */
const SAMPLED = 'disabled-by-default-v8.cpu_profiler';

/** To be called before the page is opened: from then on it notes every task of its main thread that takes longer than 50 ms. */
export function noteLongTasks(page) {
  return page.addInitScript(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
  });
}

/**
 * Does `act` and answers how many milliseconds it took, and the tasks over 50 ms. With `folder`, the browser's trace of it is written
 * there as `NAME.json`, to be opened in the developer tools; with MILLION_SAMPLED=1 it says which functions were at work.
 */
export async function measure(page, name, act, folder) {
  const tracing = folder === undefined ? undefined : await startTracing(page);
  await page.evaluate(() => void (globalThis.longTasks.length = 0));
  const began = performance.now();
  await act();
  const took = performance.now() - began;
  // A task is told of once it has ended, and what is on the screen may be drawn in one that has not.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  const tasks = await page.evaluate(() => [...globalThis.longTasks]);
  if (tracing !== undefined) writeFileSync(join(folder, `${name}.json`), JSON.stringify(await tracing()));
  return { took, tasks };
}

async function startTracing(page) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: process.env.MILLION_SAMPLED ? [...CATEGORIES, SAMPLED] : CATEGORIES },
  });
  return async () => {
    const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    return { traceEvents: events };
  };
}
