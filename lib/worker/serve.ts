import { isLoadFailure, loadWithRetries } from '../loading';
import type { Answerer } from './answerer';
import type { AnyProgress, FromWorker, ToWorker, WorkerQuestion, WorkerQuestions } from './protocol';
import { SupersededError } from './superseded';

/** The worker's end of the channel to the page. */
export interface WorkerPort {
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
  postMessage(message: FromWorker): void;
}

/**
 * Answers every question that arrives at the port, each exactly once: with a result, a failure, that it is superseded, or that code for it did
 * not come. `pause` waits between tries to fetch that.
 */
export function serve(
  port: WorkerPort,
  answerer: Promise<Pick<Answerer, 'answer'>>,
  pause?: (milliseconds: number) => Promise<void>,
): void {
  const cancels = new Map<number, AbortController>();

  async function answer<Q extends WorkerQuestion>(
    ask: number,
    question: Q,
    params: WorkerQuestions[WorkerQuestion]['params'],
  ): Promise<void> {
    port.postMessage({ ask, begun: true });
    const cancel = new AbortController();
    cancels.set(ask, cancel);
    try {
      const answers = await answerer;
      // INVARIANT: `params` are those of `question`: the link pairs them when it asks.
      const attempt = () =>
        answers.answer(question, params as WorkerQuestions[Q]['params'], {
          signal: cancel.signal,
          onProgress: (progress) => port.postMessage({ ask, progress: progress as AnyProgress }),
        });
      // A question loads what it needs before it changes anything, so that it may be begun anew where code did not come.
      port.postMessage({ ask, answer: await loadWithRetries(attempt, pause, isLoadFailure) });
    } catch (error) {
      port.postMessage({ ask, ...failureOf(error) });
    } finally {
      cancels.delete(ask);
    }
  }

  port.addEventListener('message', ({ data }) => {
    if ('ping' in data) port.postMessage({ pong: true });
    else if ('cancel' in data) cancels.get(data.cancel)?.abort();
    else void answer(data.ask, data.question, data.params);
  });
  port.postMessage({ ready: true });
}

function failureOf(error: unknown) {
  if (error instanceof SupersededError) return { superseded: true } as const;
  if (isLoadFailure(error)) return { unloaded: true } as const;
  return { failure: error instanceof Error ? error.message : String(error) };
}
