import { excerpt, MAX_ROW } from './limits';
import type { SourceLine } from './lines';
import type { ImportReject } from '../types';

/** One row of a table (RFC 4180, with a separator of choice), at the line where it begins. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * The cells of a row, line by line: a quoted cell may hold line breaks. A quote opens a quoted cell only at the cell's
 * beginning; elsewhere it is an ordinary character (tab-separated exports write JSON bare).
 */
export class RowParser {
  readonly #separator: string;
  readonly cells: string[] = [];
  /** The quoted cell that is not closed yet. */
  #open: string[] | null = null;

  constructor(separator: string) {
    this.#separator = separator;
  }

  /** Takes the next line: `open` asks for another one. */
  feed(text: string): 'done' | 'open' | 'fault' {
    let at = 0;
    if (this.#open) {
      this.#open.push('\n');
      at = this.#quoted(this.#open, text, 0);
      if (at < 0) return 'open';
      if (at >= text.length) return 'done';
      if (text[at] !== this.#separator) return 'fault';
      at++;
    }
    for (;;) {
      if (text[at] !== '"') {
        const found = text.indexOf(this.#separator, at);
        this.cells.push(text.slice(at, found < 0 ? text.length : found));
        if (found < 0) return 'done';
        at = found + 1;
        continue;
      }
      this.#open = [];
      at = this.#quoted(this.#open, text, at + 1);
      if (at < 0) return 'open';
      if (at >= text.length) return 'done';
      if (text[at] !== this.#separator) return 'fault';
      at++;
    }
  }

  /** Index after the closing quote, or -1 where the line ends first. */
  #quoted(parts: string[], text: string, start: number): number {
    let from = start;
    for (;;) {
      const quote = text.indexOf('"', from);
      if (quote < 0) {
        parts.push(text.slice(from));
        return -1;
      }
      parts.push(text.slice(from, quote));
      if (text[quote + 1] !== '"') {
        this.cells.push(parts.join(''));
        this.#open = null;
        return quote + 1;
      }
      parts.push('"');
      from = quote + 2;
    }
  }
}

const SEPARATORS = [',', '\t', ';', '|'] as const;

/** The separator that a header row uses: the one that gives most cells. */
export function separatorOf(header: string): string {
  let best: string = ',';
  let most = 1;
  for (const separator of SEPARATORS) {
    const parser = new RowParser(separator);
    if (parser.feed(header) === 'done' && parser.cells.length > most) [best, most] = [separator, parser.cells.length];
  }
  return best;
}

/**
 * Puts lines together into rows. A row that cannot be read costs its first line alone; reading goes on at the next one,
 * so that a quote that is never closed swallows nothing.
 */
export class RowAssembler {
  readonly #separator: string;
  readonly #width: number;
  /** The lines of the row at hand, and those after it; the parser has taken the first `#fed` of them. */
  #held: { readonly text: string; readonly line: number }[] = [];
  /** Where the row at hand begins in what is held; what is before is done with. */
  #start = 0;
  #parser: RowParser;
  #fed = 0;
  #length = 0;

  constructor(separator: string, width: number) {
    this.#separator = separator;
    this.#width = width;
    this.#parser = new RowParser(separator);
  }

  push(line: SourceLine): readonly (CsvRow | ImportReject)[] {
    const out: (CsvRow | ImportReject)[] = [];
    if ('fault' in line) {
      this.#settle(out, true);
      out.push({ line: line.line, offset: line.offset, reason: line.fault, excerpt: excerpt(line.excerpt) });
      return out;
    }
    this.#held.push({ text: line.text, line: line.line });
    this.#settle(out, false);
    return out;
  }

  end(): readonly (CsvRow | ImportReject)[] {
    const out: (CsvRow | ImportReject)[] = [];
    this.#settle(out, true);
    return out;
  }

  /** Takes from what is held all that is certain; `last`: no line can join it. */
  #settle(out: (CsvRow | ImportReject)[], last: boolean): void {
    for (;;) {
      const first = this.#held[this.#start];
      if (!first) return;
      const next = this.#held[this.#start + this.#fed];
      if (!next) {
        if (!last && this.#length <= MAX_ROW && this.#parser.cells.length <= this.#width) return;
        this.#refuse(out, first, 'a quoted cell is not closed');
        continue;
      }
      if (this.#fed === 0 && next.text.trim() === '') {
        this.#restart(1);
        continue;
      }
      this.#fed++;
      this.#length += next.text.length + 1;
      const state = this.#parser.feed(next.text);
      const { cells } = this.#parser;
      if (state === 'fault') this.#refuse(out, first, 'a quoted cell goes on after its closing quote');
      else if (state === 'done') {
        if (cells.length > this.#width || (this.#fed > 1 && cells.length !== this.#width))
          this.#refuse(out, first, `the row has ${cells.length} cells, the header ${this.#width}`);
        else {
          out.push({ cells, line: first.line });
          this.#restart(this.#fed);
        }
      }
    }
  }

  #refuse(
    out: (CsvRow | ImportReject)[],
    first: { readonly text: string; readonly line: number },
    reason: string,
  ): void {
    out.push({ line: first.line, reason, excerpt: excerpt(first.text) });
    this.#restart(1);
  }

  #restart(drop: number): void {
    this.#start += drop;
    if (this.#start === this.#held.length || this.#start > 10_000) {
      this.#held = this.#held.slice(this.#start);
      this.#start = 0;
    }
    this.#parser = new RowParser(this.#separator);
    this.#fed = 0;
    this.#length = 0;
  }
}
