import { expect, test } from 'vitest';
import type { Answerer } from './answerer';
import type { FromWorker, ToWorker } from './protocol';
import { serve } from './serve';

const notLoaded = () => Object.assign(new Error('Failed to load chunk x.js'), { name: 'ChunkLoadError' });

/** Serves a worker that fails with these errors, one after the other, and then answers; what it sends, and for how long it paused. */
function serving(...errors: readonly Error[]) {
  const left = [...errors];
  const sent: FromWorker[] = [];
  const pauses: number[] = [];
  let receive: (event: MessageEvent<ToWorker>) => void = () => undefined;
  const answer = (async () => {
    const error = left.shift();
    if (error) throw error;
    return [];
  }) as unknown as Answerer['answer'];
  serve(
    { addEventListener: (_, listener) => (receive = listener), postMessage: (message) => sent.push(message) },
    Promise.resolve({ answer }),
    async (milliseconds) => void pauses.push(milliseconds),
  );
  receive(new MessageEvent('message', { data: { ask: 1, question: 'listTraces', params: undefined } }));
  return { sent, pauses };
}

test('a question whose code does not come at first is answered by a later try', async () => {
  const { sent, pauses } = serving(notLoaded(), notLoaded());
  await expect.poll(() => sent.at(-1)).toEqual({ ask: 1, answer: [] });
  expect(pauses).toEqual([300, 1_000]);
});

test('a question whose code never comes ends as such', async () => {
  const { sent, pauses } = serving(notLoaded(), notLoaded(), notLoaded(), notLoaded());
  await expect.poll(() => sent.at(-1)).toEqual({ ask: 1, unloaded: true });
  expect(pauses).toHaveLength(3);
});

test('any other failure is not tried again', async () => {
  const { sent, pauses } = serving(new Error('this trace is no longer stored'));
  await expect.poll(() => sent.at(-1)).toEqual({ ask: 1, failure: 'this trace is no longer stored' });
  expect(pauses).toEqual([]);
});
