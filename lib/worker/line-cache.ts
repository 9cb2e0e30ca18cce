import type { CallLine } from './answers';

/** Lines that the page remembers: many screens, and little memory. */
const MOST_LINES = 4_000;

/** Reads the lines at these places of the open trace; undefined where they could not be read. */
type FetchLines = (indices: Uint32Array) => Promise<readonly CallLine[] | undefined>;

/** The lines of the open trace that were read from the worker; those that are missing are requested together. */
export class LineCache {
  readonly #read: FetchLines;
  readonly #onArrival: () => void;
  #lines = new Map<number, CallLine>();
  /** Places whose lines were requested and have not arrived. */
  #requested = new Set<number>();
  /** Of those, the places that the next request takes along. */
  #queue: number[] = [];

  constructor(read: FetchLines, onArrival: () => void) {
    this.#read = read;
    this.#onArrival = onArrival;
  }

  /** The line at a place if it is here; if not, it is requested, and `onArrival` runs once it has arrived. */
  lineAt(index: number): CallLine | undefined {
    const line = this.#lines.get(index);
    if (line === undefined && !this.#requested.has(index)) {
      this.#requested.add(index);
      // All that one drawing of the table misses makes one request.
      if (this.#queue.push(index) === 1) queueMicrotask(() => void this.#request());
    }
    return line;
  }

  /** Forgets the lines of one trace, for another one. What is under way is dropped when it arrives. */
  clear(): void {
    this.#lines = new Map();
    this.#requested = new Set();
    this.#queue = [];
  }

  async #request(): Promise<void> {
    const requested = this.#requested;
    const indices = Uint32Array.from(this.#queue);
    this.#queue = [];
    if (indices.length === 0) return;
    const lines = await this.#read(indices);
    for (const index of indices) requested.delete(index);
    // Requested before the last `clear`: the lines of another trace.
    if (lines === undefined || requested !== this.#requested) return;
    if (this.#lines.size + lines.length > MOST_LINES) this.#lines.clear();
    lines.forEach((line, i) => this.#lines.set(indices[i] ?? 0, line));
    this.#onArrival();
  }
}
