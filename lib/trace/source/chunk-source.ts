import { concat } from './bytes';
import { CHUNK, HEAD, MAX_LINE } from './limits';

/** The beginning of a file. `whole`: it is all of the file. `blank`: it is white space alone. */
export interface FileHead {
  readonly bytes: Uint8Array;
  readonly whole: boolean;
  readonly blank: boolean;
}

/** The chunks of a source: the head is looked at first, and read again with the rest. */
export class ChunkSource {
  readonly #chunks: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #held: Uint8Array[] = [];
  #ended = false;
  /** How many bytes have been given out. */
  bytes = 0;

  constructor(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#chunks = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  }

  async #next(): Promise<Uint8Array | null> {
    if (this.#ended) return null;
    const { done, value } = await this.#chunks.next();
    if (done !== true) return value;
    this.#ended = true;
    return null;
  }

  /** Lets go of the source, also where it was not read to its end. */
  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    try {
      await this.#chunks.return?.();
    } catch {
      // A fault of a source that is not read any more has no effect.
    }
  }

  /** Enough to recognize a file by: at least so many bytes with two line breaks, or as much as a line may be long. */
  async head(cancelled: () => boolean, least = HEAD): Promise<FileHead> {
    let length = this.#held.reduce((sum, chunk) => sum + chunk.length, 0);
    let breaks = 0;
    while (!cancelled() && !(length >= least && (breaks >= 2 || length >= MAX_LINE))) {
      const chunk = await this.#next();
      if (chunk === null) break;
      this.#held.push(chunk);
      length += chunk.length;
      for (let at = chunk.indexOf(10); at >= 0 && breaks < 2; at = chunk.indexOf(10, at + 1)) breaks++;
    }
    const bytes = concat(this.#held);
    this.#held = [bytes];
    return { bytes, whole: this.#ended, blank: !bytes.some((byte) => byte > 0x20) };
  }

  /** All chunks from the beginning, without the first `skip` bytes, none larger than the limit. */
  async *all(skip: number): AsyncGenerator<Uint8Array, void, undefined> {
    this.bytes = skip;
    const [head = new Uint8Array()] = this.#held;
    this.#held = [];
    for (let chunk: Uint8Array | null = head.subarray(skip); chunk !== null; chunk = await this.#next()) {
      for (let from = 0; from < chunk.length; from += CHUNK) {
        const piece = chunk.subarray(from, from + CHUNK);
        this.bytes += piece.length;
        yield piece;
      }
    }
  }
}
