import { EnvelopeScan, type Envelope } from './envelope';

export type WireLine =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  /** Not kept. What is needed to answer it was read as it passed. */
  | { readonly kind: 'too-long'; readonly envelope: Envelope };

const NEWLINE = 0x0a;

/** Splits a stream into lines, and keeps at most `maxBytes` of it in memory. Lines without a visible character are left out. */
export class LineReader {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #length = 0;
  /** Set while a line that is too long passes. */
  #scan: EnvelopeScan | undefined;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The line that is over the limit and has not ended yet: its length so far, and what of its envelope has passed. */
  get unended(): { readonly bytes: number; readonly envelope: Envelope } | undefined {
    return this.#scan === undefined ? undefined : { bytes: this.#length, envelope: this.#scan.envelope };
  }

  *feed(chunk: Buffer): Generator<WireLine> {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      this.#add(chunk.subarray(from, end));
      from = end + 1;
      const line = this.#take();
      if (line !== undefined) yield line;
    }
    this.#add(chunk.subarray(from));
  }

  #add(part: Buffer): void {
    if (part.length === 0) return;
    this.#length += part.length;
    if (this.#scan === undefined && this.#length > this.#maxBytes) {
      this.#scan = new EnvelopeScan();
      for (const kept of this.#parts) this.#scan.feed(kept);
      this.#parts = [];
    }
    if (this.#scan === undefined) this.#parts.push(part);
    else this.#scan.feed(part);
  }

  #take(): WireLine | undefined {
    const scan = this.#scan;
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    this.#scan = undefined;
    if (scan !== undefined) return { kind: 'too-long', envelope: scan.envelope };
    return bytes.some((byte) => byte > 0x20) ? { kind: 'whole', bytes } : undefined;
  }
}
