import type { AnyProgress, FromWorker, ProgressOf, WorkerQuestion, WorkerQuestions, ToWorker } from './protocol';

interface PendingQuestion {
  resolve(answer: unknown): void;
  reject(error: Error): void;
  onProgress: ((progress: AnyProgress) => void) | undefined;
}

interface AskOptions<Q extends WorkerQuestion> {
  readonly onProgress?: (progress: ProgressOf<Q>) => void;
  /** Aborting tells the worker to stop; the promise is then rejected by its answer. */
  readonly signal?: AbortSignal;
}

/** The one failure that is not the worker's own answer: it broke down, and everything it held is gone. */
export class WorkerCrash extends Error {
  override readonly name = 'WorkerCrash';
}

/** Questions to one worker, each answered once. A worker that breaks down fails all that waits, and says so. */
export class WorkerLink {
  #worker: Worker;
  #waiting = new Map<number, PendingQuestion>();
  #next = 1;

  constructor(worker: Worker, onCrash: (message: string) => void) {
    this.#worker = worker;
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => this.#receive(event.data));
    worker.addEventListener('error', (event) => {
      const message = event.message || 'the worker stopped';
      for (const waiting of this.#waiting.values()) waiting.reject(new WorkerCrash(message));
      this.#waiting.clear();
      onCrash(message);
    });
  }

  ask<Q extends WorkerQuestion>(
    question: Q,
    params: WorkerQuestions[Q]['params'],
    options: AskOptions<Q> = {},
  ): Promise<WorkerQuestions[Q]['result']> {
    const ask = this.#next++;
    return new Promise((resolve, reject) => {
      // INVARIANT: the worker answers `ask` with the result type of the question that was asked under it.
      this.#waiting.set(ask, {
        resolve: resolve as (answer: unknown) => void,
        reject,
        onProgress: options.onProgress as PendingQuestion['onProgress'],
      });
      options.signal?.addEventListener('abort', () => this.#send({ cancel: ask }), { once: true });
      this.#send({ ask, question, params } as ToWorker);
    });
  }

  end(): void {
    this.#worker.terminate();
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    const waiting = this.#waiting.get(message.ask);
    if (waiting === undefined) return;
    if ('progress' in message) {
      waiting.onProgress?.(message.progress);
      return;
    }
    this.#waiting.delete(message.ask);
    if ('failure' in message) waiting.reject(new Error(message.failure));
    else waiting.resolve(message.answer);
  }
}
