import type { Answerer } from './answerer';
import type { AnyProgress, FromWorker, ToWorker, WorkerQuestion, WorkerQuestions } from './protocol';
import { SupersededError } from './superseded';

/** The worker's end of the channel to the page. */
export interface WorkerPort {
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
  postMessage(message: FromWorker): void;
}

/** Answers every question that arrives at the port, each exactly once: with a result, a failure, or that it is superseded. */
export function serve(port: WorkerPort, answerer: Promise<Pick<Answerer, 'answer'>>): void {
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
      // INVARIANT: `params` are those of `question`: the link pairs them when it asks.
      const result = await (
        await answerer
      ).answer(question, params as WorkerQuestions[Q]['params'], {
        signal: cancel.signal,
        onProgress: (progress) => port.postMessage({ ask, progress: progress as AnyProgress }),
      });
      port.postMessage({ ask, answer: result });
    } catch (error) {
      port.postMessage({ ask, ...(error instanceof SupersededError ? { superseded: true } : failureOf(error)) });
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

const failureOf = (error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) });
