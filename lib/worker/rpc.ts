import { RETRY_PAUSES } from '../loading';
import type { AnyProgress, FromWorker, ProgressOf, WorkerQuestion, WorkerQuestions, ToWorker } from './protocol';
import { SupersededError } from './superseded';
import { UnloadedError } from './unloaded';
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
  /** Its code did not come, at any of several tries. */
  readonly onUnloaded: () => void;
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
  readonly #spawn: () => Worker;
  #worker: Worker;
  readonly #pending = new Map<number, PendingQuestion>();
  readonly #watchdog: Watchdog;
  readonly #clock: WatchdogClock;
  readonly #events: LinkEvents;
  /** How often its code did not come, and what ends the wait for the next try. */
  #missed = 0;
  #endWaiting: (() => void) | undefined;
  #ready = false;
  /** Before its first decisions its code is still being compiled, which takes long on a busy machine. */
  #hasDecided = false;
  /** Of the questions that the worker has begun, in the order of its last sign of each. */
  #begun: readonly number[] = [];
  #next = 1;

  constructor(spawn: () => Worker, clock: WatchdogClock, lenient: boolean, events: LinkEvents) {
    this.#spawn = spawn;
    this.#clock = clock;
    this.#events = events;
    this.#worker = this.#start();
    this.#watchdog = new Watchdog(
      clock,
      () => beatsFor(this.#workedOn?.question, lenient || !this.#hasDecided),
      () => this.#send({ ping: true }),
      () => {
        const on = this.#workedOn;
        this.#worker.terminate();
        this.#failAll(ENDED);
        events.onStuck(on);
      },
    );
  }

  #start(): Worker {
    const worker = this.#spawn();
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => this.#receive(event.data));
    worker.addEventListener('error', (event) => {
      worker.terminate();
      if (!this.#ready) {
        this.#startAgain();
        return;
      }
      const message = event.message || 'the worker stopped';
      this.#failAll(message);
      this.#events.onCrash(message);
    });
    return worker;
  }

  /** Its code did not come: after a pause it is fetched again, and asked again what is pending. */
  #startAgain(): void {
    const pause = RETRY_PAUSES[this.#missed++];
    if (pause === undefined) {
      this.#failAll(new UnloadedError().message);
      this.#events.onUnloaded();
      return;
    }
    this.#endWaiting = this.#clock.every(pause, () => {
      this.#endWaiting?.();
      this.#worker = this.#start();
      for (const [ask, { asked }] of this.#pending) this.#send({ ask, ...asked });
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
    this.#endWaiting?.();
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
    else if ('unloaded' in message) pending.reject(new UnloadedError());
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
   * ended, with `UnloadedError` where code did not come, and with an `Error` in words for a person otherwise.
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
    const { onCrash, onUnloaded, onStuck } = this.#events;
    return new WorkerLink(this.#spawn, this.#clock, this.lenient, {
      onCrash: (message) => {
        this.#link = undefined;
        onCrash(message);
      },
      onUnloaded: () => {
        this.#link = undefined;
        onUnloaded();
      },
      onStuck: (on) => {
        this.#link = undefined;
        onStuck(on);
      },
    });
  }
}
