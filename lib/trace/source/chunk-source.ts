import { concat, utf16Decoder } from './bytes';
import { CHUNK, HEAD, MAX_LINE } from './limits';

/** The beginning of a file. `whole`: it is all of the file. `blank`: it is white space alone. */
export interface FileHead {
  readonly bytes: Uint8Array;
  readonly whole: boolean;
  readonly blank: boolean;
}

const encoder = new TextEncoder();
const NOT_UTF8 = new Uint8Array([0xff]);

/**
 * The chunks of a source: the head is looked at first, and read again with the rest. A file of UTF-16 that says so by its byte order mark
 * is given out as UTF-8, without the mark; offsets in it are those of the UTF-8 text.
 */
export class ChunkSource {
  readonly #chunks: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #held: Uint8Array[] = [];
  #ended = false;
  #begun = false;
  /** Decodes UTF-16; undefined where the file is UTF-8. */
  #decoder: TextDecoder | undefined;
  /** How many bytes of the file have been read. */
  #read = 0;
  /** How many bytes of the file have been given out. */
  bytes = 0;

  constructor(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#chunks = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  }

  async #next(): Promise<Uint8Array | null> {
    const chunk = await this.#nextRead();
    if (!this.#begun) return this.#begin(chunk);
    return this.#decoder === undefined ? chunk : this.#decoded(this.#decoder, chunk);
  }

  async #nextRead(): Promise<Uint8Array | null> {
    if (this.#ended) return null;
    const { done, value } = await this.#chunks.next();
    if (done === true) this.#ended = true;
    else this.#read += value.length;
    return done === true ? null : value;
  }

  /** The first chunk, long enough for a byte order mark of UTF-16. */
  async #begin(first: Uint8Array | null): Promise<Uint8Array | null> {
    this.#begun = true;
    let chunk = first;
    while (chunk !== null && chunk.length < 2) {
      const next = await this.#nextRead();
      if (next === null) break;
      chunk = concat([chunk, next]);
    }
    this.#decoder = chunk === null ? undefined : utf16Decoder(chunk);
    return this.#decoder === undefined ? chunk : this.#decoded(this.#decoder, chunk);
  }

  #decoded(decoder: TextDecoder, chunk: Uint8Array | null): Uint8Array | null {
    const text = chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
    if (chunk === null && text === '') return null;
    // What is no UTF-16 is given out as what is no UTF-8: it costs its own line or entry, as it does there.
    const parts = text.split('\ufffd').map((part) => encoder.encode(part));
    return concat(parts.flatMap((part, at) => (at === 0 ? [part] : [NOT_UTF8, part])));
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
    return { bytes, whole: this.#ended, blank: bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) };
  }

  /** All chunks from the beginning, without the first `skip` bytes, none larger than the limit. */
  async *all(skip: number): AsyncGenerator<Uint8Array, void, undefined> {
    this.bytes = skip;
    const [head = new Uint8Array()] = this.#held;
    this.#held = [];
    for (let chunk: Uint8Array | null = head.subarray(skip); chunk !== null; chunk = await this.#next()) {
      for (let from = 0; from < chunk.length; from += CHUNK) {
        const piece = chunk.subarray(from, from + CHUNK);
        this.bytes = this.#decoder === undefined ? this.bytes + piece.length : this.#read;
        yield piece;
      }
    }
  }
}
