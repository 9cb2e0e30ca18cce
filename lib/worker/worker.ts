import { openStore } from '../store';
import { Answerer } from './answerer';
import type { FromWorker, Question, Questions, ToWorker } from './protocol';

/** The worker's own end: messages in, answers out; all that it knows is in the Answerer. */
const scope = self as unknown as DedicatedWorkerGlobalScope;
const cancels = new Map<number, AbortController>();
const answerer = openStore({ now: Date.now }).then(
  (opened) => new Answerer(opened.store, { now: Date.now, newId: () => crypto.randomUUID() }),
);

scope.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if ('cancel' in message) cancels.get(message.cancel)?.abort();
  else void answer(message.ask, message.question, message.params);
});

async function answer<Q extends Question>(
  ask: number,
  question: Q,
  params: Questions[Question]['params'],
): Promise<void> {
  const cancel = new AbortController();
  cancels.set(ask, cancel);
  const send = (message: FromWorker, moved: Transferable[] = []) => scope.postMessage(message, moved);
  try {
    // INVARIANT: `params` are those of `question`: the link pairs them when it asks.
    const result = await (
      await answerer
    ).answer(question, params as Questions[Q]['params'], {
      signal: cancel.signal,
      onProgress: (progress) => send({ ask, progress }),
    });
    send({ ask, answer: result });
  } catch (error) {
    send({ ask, failure: error instanceof Error ? error.message : String(error) });
  } finally {
    cancels.delete(ask);
  }
}
