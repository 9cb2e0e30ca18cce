/** What the watchdog takes from outside, so that tests decide the time. */
export interface WatchdogClock {
  /** Milliseconds since any moment. */
  readonly now: () => number;
  /** Runs something again and again, so many milliseconds apart, until what it returns is called. */
  readonly every: (ms: number, run: () => void) => () => void;
}

/** Milliseconds between two beats. */
const BEAT = 250;
/** So many beats without an answer are a second, for work that pauses after every few calls. */
export const BEATS_OF_DECIDING = 4;
/** The same work by a worker that has decided nothing before, or where the user lets it go on: ten seconds. */
export const BEATS_OF_LENIENCE = 40;
/** Work over a whole file, trace or catalog has longer stretches: half a minute. */
export const BEATS_OF_WHOLES = 120;

/**
 * Notices that a worker is stuck: it answers a ping between two pieces of its work, however long all of it takes. Beats that come late do
 * not count: the page itself was busy, hidden or asleep, and the worker may have been, too.
 */
export class Watchdog {
  readonly #clock: WatchdogClock;
  readonly #ping: () => void;
  readonly #onStuck: () => void;
  readonly #limit: () => number;
  #stop: (() => void) | undefined;
  #last = 0;
  /** Beats since a ping that was not answered yet; undefined where none is under way. */
  #missed: number | undefined;

  /** `limit`: the beats without an answer after which it is stuck, by what it works on now. */
  constructor(clock: WatchdogClock, limit: () => number, ping: () => void, onStuck: () => void) {
    this.#clock = clock;
    this.#limit = limit;
    this.#ping = ping;
    this.#onStuck = onStuck;
  }

  /** Watches from now on, until `rest`. */
  watch(): void {
    if (this.#stop !== undefined) return;
    this.#last = this.#clock.now();
    this.#missed = undefined;
    this.#stop = this.#clock.every(BEAT, () => this.#beat());
  }

  rest(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** The worker has sent something. */
  alive(): void {
    this.#missed = undefined;
  }

  #beat(): void {
    const now = this.#clock.now();
    const isLate = now - this.#last > 2 * BEAT;
    this.#last = now;
    if (this.#missed === undefined) {
      this.#missed = 0;
      this.#ping();
    } else if (!isLate) {
      this.#missed += 1;
      if (this.#missed < this.#limit()) return;
      this.rest();
      this.#onStuck();
    }
  }
}
