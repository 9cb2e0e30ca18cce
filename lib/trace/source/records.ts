import { completeEnd, concat, decode, decodeLeniently, wellFormed } from './bytes';
import { DocumentCutter, parse } from './document';
import { jsonFault } from './fault';
import { excerpt, MAX_DEPTH, TOO_DEEP, tooDeep } from './limits';
import { type Line, LineSplitter } from './lines';
import { RowAssembler, RowParser, separatorOf } from './rows';
import type { Reject, SourceRecord } from '../types';

export type Item = { readonly record: SourceRecord } | { readonly reject: Reject };

/** Turns the bytes of a file into records; each push gives what it completes. */
export interface Cutter {
  push(chunk: Uint8Array): readonly Item[];
  end(): readonly Item[];
}

/** How a file of JSON is laid out: one value a line, or a document. */
export type JsonLayout = 'lines' | 'document';

/**
 * Reads the layout off the head (`whole`: the head is the whole file). A document may have line breaks anywhere, and a
 * file of lines may begin with a bad one: the first line that is a whole object or list settles it.
 */
export function jsonLayout(head: string, whole: boolean): JsonLayout {
  const lines = head.split('\n');
  if (!whole) lines.pop();
  const filled = lines.filter((line) => line.trim() !== '');
  const [first] = filled;
  if (first === undefined) return /^\s*[[{]/.test(head) ? 'document' : 'lines';
  const isEntry = (line: string): boolean => /^\s*[[{]/.test(line) && parse(line) !== undefined;
  if (isEntry(first)) return filled.length > 1 || !whole ? 'lines' : 'document';
  if (!/^\s*[[{]/.test(first)) return filled.some(isEntry) || filled.length > 1 ? 'lines' : 'document';
  if (filled.length === 1) return 'document';
  const text = filled.join('\n');
  const fault = jsonFault(text);
  // The cut end of a head that is sound so far is no fault.
  if (fault === null || fault.at >= text.length || /^a string is not closed/.test(fault.message)) return 'document';
  // A list with one entry a line: its fault stops it, wherever it is.
  if (/^\s*\[/.test(first) && fault.at > first.length) return 'document';
  return filled.slice(1).some(isEntry) ? 'lines' : 'document';
}

const pointer = (key: string | number): string => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The records of a top-level value: itself, the elements of a list, or those of a wrapped list and the rest. */
export function expand(value: unknown, wrappers: readonly string[], root: number, line?: number): SourceRecord[] {
  const at = line === undefined ? { root } : { root, line };
  if (Array.isArray(value)) return value.map((item: unknown, i) => ({ value: item, path: pointer(i), ...at }));
  if (typeof value !== 'object' || value === null) return [{ value, path: '', ...at }];
  const rest: [string, unknown][] = [];
  const records: SourceRecord[] = [];
  let wrapped = false;
  for (const [key, member] of Object.entries(value)) {
    if (Array.isArray(member) && wrappers.includes(key)) {
      wrapped = true;
      member.forEach((item: unknown, i) => records.push({ value: item, path: `/${key}/${i}`, ...at }));
    } else rest.push([key, member]);
  }
  if (!wrapped) return [{ value, path: '', ...at }];
  return [...records, { value: Object.fromEntries(rest), path: '', rest: true, ...at }];
}

/** One JSON value a line. `embedded`: words may stand around it. */
export function lineCutter(wrappers: readonly string[], embedded: boolean, offset: number): Cutter {
  const splitter = new LineSplitter(offset);
  let root = 0;
  const read = (lines: readonly Line[]): Item[] => {
    const items: Item[] = [];
    for (const line of lines) {
      if ('fault' in line) {
        items.push({
          reject: { line: line.line, offset: line.offset, reason: line.fault, excerpt: excerpt(line.excerpt) },
        });
        continue;
      }
      if (line.text.trim() === '') continue;
      const value = parse(line.text) ?? (embedded ? embeddedValue(line.text) : undefined);
      if (value === undefined && embedded && isWords(line.text)) {
        items.push({ record: { value: line.text, root: root++, path: '', line: line.line } });
        continue;
      }
      if (value === undefined) {
        const fault = jsonFault(line.text);
        const reason = `not JSON: ${fault?.message ?? 'a fault'} (column ${(fault?.at ?? 0) + 1})`;
        items.push({ reject: { line: line.line, offset: line.offset, reason, excerpt: excerpt(line.text) } });
        continue;
      }
      if (line.text.length > MAX_DEPTH && tooDeep(value))
        items.push({ reject: { line: line.line, offset: line.offset, reason: TOO_DEEP, excerpt: excerpt(line.text) } });
      else for (const record of expand(value, wrappers, root++, line.line)) items.push({ record });
    }
    return items;
  };
  return { push: (chunk) => read(splitter.push(chunk)), end: () => read(splitter.end()) };
}

/** A JSON document, or several after each other. */
export function documentCutter(wrappers: readonly string[], offset: number): Cutter {
  const cutter = new DocumentCutter(wrappers, offset);
  let carried: Uint8Array = new Uint8Array();
  let at = offset;
  const read = (bytes: Uint8Array): Item[] => {
    const text = decode(bytes);
    at += bytes.length;
    if (text !== null) return [...cutter.push(text, bytes.length)];
    const { end } = wellFormed(bytes);
    const sound = bytes.subarray(0, end);
    const before = cutter.push(decodeLeniently(sound), sound.length);
    const byte = `0x${(bytes[end] ?? 0).toString(16)}`;
    const why = `not UTF-8 from here on: byte ${byte} at offset ${at - bytes.length + end}`;
    return [...before, ...cutter.end(why)];
  };
  return {
    push(chunk) {
      if (cutter.stopped) return [];
      const bytes = carried.length > 0 ? concat([carried, chunk]) : chunk;
      const end = completeEnd(bytes);
      carried = bytes.slice(end);
      return read(bytes.subarray(0, end));
    },
    end() {
      const last = cutter.stopped || carried.length === 0 ? [] : read(carried);
      return [...last, ...(cutter.stopped ? [] : cutter.end())];
    },
  };
}

/** How a table is laid out, as its head says. */
export interface TableLayout {
  readonly separator: string;
  readonly columns: readonly string[];
  /** The line of the header row. */
  readonly line: number;
}

/** The header row: the first line that is not blank; columns of one name are told apart by their number. */
export function tableLayout(head: string): TableLayout {
  const lines = head.split('\n');
  const index = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ''),
  );
  const header = (lines[index] ?? '').replace(/\r$/, '');
  const separator = separatorOf(header);
  const parser = new RowParser(separator);
  parser.feed(header);
  const seen = new Map<string, number>();
  const columns = parser.cells.map((cell, i) => {
    const name = cell.trim() === '' ? `column ${i + 1}` : cell.trim();
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
  return { separator, columns, line: index + 1 };
}

/** Rows of a table, as objects from column to cell; an empty cell is left out. */
export function tableCutter({ separator, columns, line: headerLine }: TableLayout, offset: number): Cutter {
  const splitter = new LineSplitter(offset);
  const rows = new RowAssembler(separator, columns.length);
  let root = 0;
  const read = (lines: readonly Line[], end: boolean): Item[] => {
    const items: Item[] = [];
    const take = (found: ReturnType<RowAssembler['push']>): void => {
      for (const row of found) {
        if (!('cells' in row)) items.push({ reject: row });
        else if (row.line !== headerLine) {
          const filled = row.cells
            .map((cell, i) => [columns[i] ?? '', cell] as const)
            .filter(([, cell]) => cell !== '');
          items.push({ record: { value: Object.fromEntries(filled), root: root++, path: '', line: row.line } });
        }
      }
    };
    for (const line of lines) take(rows.push(line));
    if (end) take(rows.end());
    return items;
  };
  return { push: (chunk) => read(splitter.push(chunk), false), end: () => read(splitter.end(), true) };
}

/** A line of a log that is no message, nor one that was cut off: it is given as text. */
const isWords = (line: string): boolean => !/^\s*\{/.test(line) && !/\\?"jsonrpc\\?"/.test(line);

/** The JSON object inside a log line. */
function embeddedValue(line: string): unknown {
  for (let from = line.search(/[{[]/), tries = 0; from >= 0 && tries < 8; tries++) {
    const found = balanced(line, from);
    const value = found < 0 ? undefined : parse(line.slice(from, found));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    const next = line.slice(from + 1).search(/[{[]/);
    from = next < 0 ? -1 : from + 1 + next;
  }
  return undefined;
}

/** Index after the bracket that closes the one at `from`, or -1. */
function balanced(text: string, from: number): number {
  let depth = 0;
  let inString = false;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return i + 1;
  }
  return -1;
}
