// Tasks of the page's main thread, from the browser's own trace: in processor time, so that other programs and the worker do not count on a
// small machine, and in wall time.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CATEGORIES = ['toplevel', '__metadata'];
/** What is at work in the tasks. */
const PARTS = ['devtools.timeline', 'v8.execute', 'blink.user_timing'];
/** Which function is at work, sampled: it makes all that is measured slower. */
const SAMPLED = 'disabled-by-default-v8.cpu_profiler';
/** Shorter tasks are not reported. Milliseconds. */
const LEAST_REPORTED = 20;

/**
 * Does `act` and answers how many milliseconds it took, and the longer tasks of the page's main thread with the milliseconds that each took
 * by the processor's clock and by the wall's. With `folder`, the browser's trace of it is written there as `NAME.json`, to be opened in the
 * developer tools; with MILLION_SAMPLED=1 it says which functions were at work.
 */
export async function measure(page, name, act, folder) {
  const end = await startTracing(page, folder !== undefined);
  const began = performance.now();
  await act();
  const took = performance.now() - began;
  // A task is reported once it has ended, and the screen may have been painted in one that has not.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  const events = await end();
  if (folder !== undefined) writeFileSync(join(folder, `${name}.json`), JSON.stringify({ traceEvents: events }));
  return { took, tasks: tasksOf(events) };
}

function tasksOf(events) {
  const mains = events
    .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
    .map(({ pid, tid }) => `${pid} ${tid}`);
  if (mains.length === 0) throw new Error('Chromium reported no main thread of a page');
  return events
    .filter(({ name, ph, pid, tid }) => ph === 'X' && /RunTask$/.test(name) && mains.includes(`${pid} ${tid}`))
    .map(({ dur, tdur = dur }) => ({ processor: tdur / 1000, wall: dur / 1000 }));
}

async function startTracing(page, whole) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  const isKept = ({ name, ph, dur }) => whole || ph === 'M' || (/RunTask$/.test(name) && dur > LEAST_REPORTED * 1000);
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value.filter(isKept)));
  const includedCategories = [
    ...CATEGORIES,
    ...(whole ? PARTS : []),
    ...(whole && process.env.MILLION_SAMPLED ? [SAMPLED] : []),
  ];
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
  return async () => {
    const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    return events;
  };
}
