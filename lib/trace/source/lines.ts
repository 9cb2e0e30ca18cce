import { concat, decode, decodeLeniently, wellFormed } from './bytes';
import { MAX_LINE } from './limits';

/** A line without its line break, or why it cannot be read. `offset` is that of its first byte. */
export type SourceLine =
  | { readonly text: string; readonly line: number; readonly offset: number }
  | { readonly fault: string; readonly excerpt: string; readonly line: number; readonly offset: number };

const BREAK = 0x0a;

/**
 * Splits bytes into lines; each chunk gives the lines that it completes. One bad line (not UTF-8, too long) is a
 * fault of its own and touches no other.
 */
export class LineSplitter {
  #pending: Uint8Array[] = [];
  #pendingLength = 0;
  #line = 1;
  #offset: number;

  /** `offset`: bytes of the file before the first chunk (a byte order mark). */
  constructor(offset = 0) {
    this.#offset = offset;
  }

  push(chunk: Uint8Array): SourceLine[] {
    const lines: SourceLine[] = [];
    const first = chunk.indexOf(BREAK);
    if (first < 0) {
      this.#keep(chunk);
      return lines;
    }
    this.#keep(chunk.subarray(0, first));
    lines.push(this.#complete(1));
    const last = chunk.lastIndexOf(BREAK);
    if (last > first) this.#whole(chunk.subarray(first + 1, last), lines);
    this.#keep(chunk.subarray(last + 1));
    return lines;
  }

  /** The last line, where it has no line break. */
  end(): SourceLine[] {
    return this.#pendingLength > 0 ? [this.#complete(0)] : [];
  }

  /** Holds back a part of a line; past the limit its length alone is kept, and its beginning. */
  #keep(part: Uint8Array): void {
    if (part.length === 0) return;
    if (this.#pendingLength <= MAX_LINE) this.#pending.push(part);
    this.#pendingLength += part.length;
    if (this.#pendingLength > MAX_LINE && this.#pending.length > 0)
      this.#pending = [concat(this.#pending).slice(0, 1024)];
  }

  #complete(breakLength: number): SourceLine {
    const length = this.#pendingLength;
    const bytes = concat(this.#pending);
    const line = length > MAX_LINE ? this.#tooLong(bytes, length) : this.#read(bytes);
    this.#pending = [];
    this.#pendingLength = 0;
    this.#line++;
    this.#offset += length + breakLength;
    return line;
  }

  #tooLong(bytes: Uint8Array, length: number): SourceLine {
    const fault = `the line is longer than ${MAX_LINE / 1024 / 1024} MiB (${length} bytes)`;
    return { fault, excerpt: decodeLeniently(bytes), line: this.#line, offset: this.#offset };
  }

  #read(bytes: Uint8Array): SourceLine {
    const at = { line: this.#line, offset: this.#offset };
    const text = decode(bytes);
    if (text !== null) return { text: text.endsWith('\r') ? text.slice(0, -1) : text, ...at };
    const { end } = wellFormed(bytes);
    const fault = `the line is not UTF-8 (byte 0x${(bytes[end] ?? 0).toString(16)} at offset ${at.offset + end})`;
    return { fault, excerpt: decodeLeniently(bytes.subarray(0, 1024)), ...at };
  }

  /** Lines that lie wholly in one chunk, decoded together where they are all well-formed. */
  #whole(bytes: Uint8Array, lines: SourceLine[]): void {
    const text = decode(bytes);
    let from = 0;
    if (text === null || text.length !== bytes.length) {
      while (from <= bytes.length) {
        const found = bytes.indexOf(BREAK, from);
        const to = found < 0 ? bytes.length : found;
        lines.push(this.#read(bytes.subarray(from, to)));
        this.#line++;
        this.#offset += to - from + 1;
        from = to + 1;
      }
      return;
    }
    // All ASCII: text offsets are byte offsets.
    while (from <= text.length) {
      const found = text.indexOf('\n', from);
      const to = found < 0 ? text.length : found;
      const end = to > from && text.charCodeAt(to - 1) === 0x0d ? to - 1 : to;
      lines.push({ text: text.slice(from, end), line: this.#line, offset: this.#offset });
      this.#line++;
      this.#offset += to - from + 1;
      from = to + 1;
    }
  }
}
