import type { AnyProgress, FromWorker, ProgressOf, WorkerQuestion, WorkerQuestions, ToWorker } from './protocol';
import { SupersededError } from './superseded';
import { BEATS_OF_DECIDING, BEATS_OF_LENIENCE, BEATS_OF_WHOLES, Watchdog, type WatchdogClock } from './watchdog';

/** A question with its parameters, as they were asked. */
export type AskedQuestion = {
  readonly [Q in WorkerQuestion]: { readonly question: Q; readonly params: WorkerQuestions[Q]['params'] };
}[WorkerQuestion];

interface PendingQuestion {
  readonly asked: AskedQuestion;
  resolve(answer: unknown): void;
  reject(error: Error): void;
  onProgress: ((progress: AnyProgress) => void) | undefined;
}

export interface AskOptions<Q extends WorkerQuestion> {
  readonly onProgress?: (progress: ProgressOf<Q>) => void;
  /** Aborting asks the worker to stop; the promise is then settled by its answer. */
  readonly signal?: AbortSignal;
}

/** The worker broke down, or was ended, while a question was under way: all that it had in memory is gone. */
export class WorkerCrash extends Error {
  override readonly name = 'WorkerCrash';
}

interface LinkEvents {
  readonly onCrash: (message: string) => void;
  /** It did not answer for too long and was ended; what it worked on, as far as is known. */
  readonly onStuck: (on: AskedQuestion | undefined) => void;
}

const ENDED = 'the worker did not answer any more and was ended';

/** Questions that decide one call after the other, with pauses between them. */
const DECIDES_CALL_BY_CALL: ReadonlySet<WorkerQuestion> = new Set([
  'decideAll',
  'explain',
  'explainUnder',
  'place',
  'whyNot',
]);

function beatsFor(question: WorkerQuestion | undefined, lenient: boolean): number {
  if (question === undefined || !DECIDES_CALL_BY_CALL.has(question)) return BEATS_OF_WHOLES;
  return lenient ? BEATS_OF_LENIENCE : BEATS_OF_DECIDING;
}

/** Questions to one worker, each answered once. A worker that breaks down or is stuck fails all that are pending with `WorkerCrash`. */
class WorkerLink {
  readonly #worker: Worker;
  readonly #pending = new Map<number, PendingQuestion>();
  readonly #watchdog: Watchdog;
  #ready = false;
  /** Before its first decisions its code is still being compiled, which takes long on a busy machine. */
  #hasDecided = false;
  /** Of the questions that the worker has begun, in the order of its last sign of each. */
  #begun: readonly number[] = [];
  #next = 1;

  constructor(worker: Worker, clock: WatchdogClock, lenient: boolean, { onCrash, onStuck }: LinkEvents) {
    this.#worker = worker;
    this.#watchdog = new Watchdog(
      clock,
      () => beatsFor(this.#workedOn?.question, lenient || !this.#hasDecided),
      () => this.#send({ ping: true }),
      () => {
        const on = this.#workedOn;
        worker.terminate();
        this.#failAll(ENDED);
        onStuck(on);
      },
    );
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => this.#receive(event.data));
    worker.addEventListener('error', (event) => {
      const message = event.message || 'the worker stopped';
      this.#failAll(message);
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
        asked: { question, params } as AskedQuestion,
        resolve: resolve as (answer: unknown) => void,
        reject,
        onProgress: options.onProgress as PendingQuestion['onProgress'],
      });
      options.signal?.addEventListener('abort', () => this.#send({ cancel: ask }), { once: true });
      this.#send({ ask, question, params } as ToWorker);
      this.#watch();
    });
  }

  /** Ends the worker; what is pending is never answered. */
  end(): void {
    this.#watchdog.rest();
    this.#worker.terminate();
  }

  /** The question of which it gave the last sign. */
  get #workedOn(): AskedQuestion | undefined {
    return this.#pending.get(this.#begun.findLast((ask) => this.#pending.has(ask)) ?? 0)?.asked;
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    this.#watchdog.alive();
    if ('ready' in message) this.#ready = true;
    if ('ask' in message) this.#answer(message);
    this.#watch();
  }

  #answer(message: Extract<FromWorker, { ask: number }>): void {
    const { ask } = message;
    const pending = this.#pending.get(ask);
    if (pending === undefined) return;
    this.#begun = [...this.#begun.filter((other) => other !== ask && this.#pending.has(other)), ask];
    if ('begun' in message) return;
    if ('progress' in message) {
      pending.onProgress?.(message.progress);
      return;
    }
    this.#pending.delete(ask);
    if ('superseded' in message) pending.reject(new SupersededError());
    else if ('failure' in message) pending.reject(new Error(message.failure));
    else {
      this.#hasDecided ||= pending.asked.question === 'decideAll';
      pending.resolve(message.answer);
    }
  }

  /** While its code is being fetched nothing is expected of it, nor while nothing is asked. */
  #watch(): void {
    if (this.#ready && this.#pending.size > 0) this.#watchdog.watch();
    else this.#watchdog.rest();
  }

  #failAll(message: string): void {
    this.#watchdog.rest();
    for (const { reject } of this.#pending.values()) reject(new WorkerCrash(message));
    this.#pending.clear();
  }
}

/** The transport: spawns a worker when the first question is asked, and another one after a crash, or after one was stuck and ended. */
export class WorkerConnection {
  #link: WorkerLink | undefined;
  /** Whether workers from now on have ten seconds to answer, instead of one. */
  lenient = false;
  readonly #spawn: () => Worker;
  readonly #clock: WatchdogClock;
  readonly #events: LinkEvents;

  constructor(spawn: () => Worker, clock: WatchdogClock, events: LinkEvents) {
    this.#spawn = spawn;
    this.#clock = clock;
    this.#events = events;
  }

  /**
   * Rejects with `SupersededError` where a newer question took the place of this one, with `WorkerCrash` where the worker broke down or was
   * ended, and with an `Error` in words for a person otherwise.
   */
  ask<Q extends WorkerQuestion>(
    question: Q,
    params: WorkerQuestions[Q]['params'],
    options: AskOptions<Q> = {},
  ): Promise<WorkerQuestions[Q]['result']> {
    this.#link ??= this.#connect();
    return this.#link.ask(question, params, options);
  }

  end(): void {
    this.#link?.end();
    this.#link = undefined;
  }

  #connect(): WorkerLink {
    const { onCrash, onStuck } = this.#events;
    return new WorkerLink(this.#spawn(), this.#clock, this.lenient, {
      onCrash: (message) => {
        this.#link = undefined;
        onCrash(message);
      },
      onStuck: (on) => {
        this.#link = undefined;
        onStuck(on);
      },
    });
  }
}
