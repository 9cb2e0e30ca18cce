import type { AnyProgress, FromWorker, ProgressOf, WorkerQuestion, WorkerQuestions, ToWorker } from './protocol';
import { SupersededError } from './superseded';

interface PendingQuestion {
  resolve(answer: unknown): void;
  reject(error: Error): void;
  onProgress: ((progress: AnyProgress) => void) | undefined;
}

interface AskOptions<Q extends WorkerQuestion> {
  readonly onProgress?: (progress: ProgressOf<Q>) => void;
  /** Aborting asks the worker to stop; the promise is then settled by its answer. */
  readonly signal?: AbortSignal;
}

/** The worker broke down while a question was under way: all that it had in memory is gone. */
export class WorkerCrash extends Error {
  override readonly name = 'WorkerCrash';
}

/** Questions to one worker, each answered once. A worker that breaks down fails all that are pending with `WorkerCrash`. */
class WorkerLink {
  readonly #worker: Worker;
  readonly #pending = new Map<number, PendingQuestion>();
  #next = 1;

  constructor(worker: Worker, onCrash: (message: string) => void) {
    this.#worker = worker;
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => this.#receive(event.data));
    worker.addEventListener('error', (event) => {
      const message = event.message || 'the worker stopped';
      for (const { reject } of this.#pending.values()) reject(new WorkerCrash(message));
      this.#pending.clear();
      onCrash(message);
    });
  }

  ask<Q extends WorkerQuestion>(
    question: Q,
    params: WorkerQuestions[Q]['params'],
    options: AskOptions<Q>,
  ): Promise<WorkerQuestions[Q]['result']> {
    const ask = this.#next++;
    return new Promise((resolve, reject) => {
      // INVARIANT: the worker answers `ask` with the result type of the question that was asked under it.
      this.#pending.set(ask, {
        resolve: resolve as (answer: unknown) => void,
        reject,
        onProgress: options.onProgress as PendingQuestion['onProgress'],
      });
      options.signal?.addEventListener('abort', () => this.#send({ cancel: ask }), { once: true });
      this.#send({ ask, question, params } as ToWorker);
    });
  }

  /** Ends the worker; what is pending is never answered. */
  end(): void {
    this.#worker.terminate();
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    const pending = this.#pending.get(message.ask);
    if (pending === undefined) return;
    if ('progress' in message) {
      pending.onProgress?.(message.progress);
      return;
    }
    this.#pending.delete(message.ask);
    if ('superseded' in message) pending.reject(new SupersededError());
    else if ('failure' in message) pending.reject(new Error(message.failure));
    else pending.resolve(message.answer);
  }
}

/** The transport: spawns a worker when the first question is asked, and another one after a crash. */
export class WorkerConnection {
  #link: WorkerLink | undefined;
  readonly #spawn: () => Worker;
  readonly #onCrash: (message: string) => void;

  constructor(spawn: () => Worker, onCrash: (message: string) => void) {
    this.#spawn = spawn;
    this.#onCrash = onCrash;
  }

  /**
   * Rejects with `SupersededError` where a newer question took the place of this one, with `WorkerCrash` where the worker broke down, and
   * with an `Error` in words for a person otherwise.
   */
  ask<Q extends WorkerQuestion>(
    question: Q,
    params: WorkerQuestions[Q]['params'],
    options: AskOptions<Q> = {},
  ): Promise<WorkerQuestions[Q]['result']> {
    this.#link ??= new WorkerLink(this.#spawn(), (message) => {
      this.#link = undefined;
      this.#onCrash(message);
    });
    return this.#link.ask(question, params, options);
  }

  end(): void {
    this.#link?.end();
    this.#link = undefined;
  }
}
