import { openStore } from '../store';
import { Answerer } from './answerer';
import type { AnyProgress, FromWorker, WorkerQuestion, WorkerQuestions, ToWorker } from './protocol';

/** The worker's own end: messages in, answers out; all that it knows is in the Answerer. */
const scope = self as unknown as DedicatedWorkerGlobalScope;
const cancels = new Map<number, AbortController>();
const answerer = openStore({ now: Date.now }).then(
  (opened) => new Answerer(opened.store, { now: Date.now, newId: () => crypto.randomUUID(), breathe }),
);

/** A message to ourselves waits behind those of the page; a timer would be slowed down. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

scope.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if ('cancel' in message) cancels.get(message.cancel)?.abort();
  else void answer(message.ask, message.question, message.params);
});

async function answer<Q extends WorkerQuestion>(
  ask: number,
  question: Q,
  params: WorkerQuestions[WorkerQuestion]['params'],
): Promise<void> {
  const cancel = new AbortController();
  cancels.set(ask, cancel);
  const send = (message: FromWorker, moved: Transferable[] = []) => scope.postMessage(message, moved);
  try {
    // INVARIANT: `params` are those of `question`: the link pairs them when it asks.
    const result = await (
      await answerer
    ).answer(question, params as WorkerQuestions[Q]['params'], {
      signal: cancel.signal,
      onProgress: (progress) => send({ ask, progress: progress as AnyProgress }),
    });
    send({ ask, answer: result });
  } catch (error) {
    send({ ask, failure: error instanceof Error ? error.message : String(error) });
  } finally {
    cancels.delete(ask);
  }
}
