import { completeEnd, concat, decode, decodeLeniently, wellFormed } from './bytes';
import { DocumentCutter } from './document';
import { adjacentValues, embeddedValues } from './embedded';
import { parse } from './exact';
import { jsonFault } from './fault';
import { excerpt, TOO_DEEP, tooDeep } from './limits';
import { type SourceLine, LineSplitter } from './lines';
import { MultilineValues } from './multiline';
import { MarkdownRows } from './markdown-rows';
import { RowAssembler, type CsvRow } from './rows';
import type { TableLayout } from './table-layout';
import type { ImportReject, SourceRecord } from '../types';

export type SourceItem = { readonly record: SourceRecord } | { readonly reject: ImportReject };

/** Turns the bytes of a file into records; each push gives what it completes. */
export interface RecordCutter {
  push(chunk: Uint8Array): readonly SourceItem[];
  end(): readonly SourceItem[];
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
  // A line of an indented document may be an entry and a comma as well.
  const isEntryAndComma = (line: string): boolean => /^[[{]/.test(line) && parseLine(line) !== undefined;
  if (isEntryAndComma(first) && filled.length > 1) return 'lines';
  if (isEntry(first)) return filled.length > 1 || !whole ? 'lines' : 'document';
  if (filled.length > 1 && adjacentValues(first) !== undefined) return 'lines';
  // Words, a log's `[info] …` included: not even a document that is broken begins so.
  if (!/^\s*[[{]/.test(first) || /^\s*\[[^\][{}"]*\]\s*\S/.test(first)) return 'lines';
  if (filled.length === 1) return 'document';
  const text = filled.join('\n');
  const fault = jsonFault(text);
  // The cut end of a head that is sound so far is no fault.
  if (fault === null || fault.at >= text.length || /^a string is not closed/.test(fault.message)) return 'document';
  // Words behind a whole value are those of a log.
  if (/[^[{\s,]/.test(text.charAt(fault.at)) && parse(text.slice(0, fault.at)) !== undefined) return 'lines';
  // A list with one entry a line: its fault stops it, wherever it is.
  if (/^\s*\[/.test(first) && fault.at > first.length) return 'document';
  return filled.slice(1).some((line) => isEntry(line) || isEntryAndComma(line)) ? 'lines' : 'document';
}

/** The value that is a line by itself; the comma of a list may be behind it. */
const parseLine = (line: string): unknown => parse(line) ?? parse(line.replace(/,\s*$/, ''));

const pointer = (key: string | number): string => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The records of a top-level value: itself, the elements of a list, or those of a wrapped list and the rest. */
export function expand(value: unknown, wrappers: readonly string[], root: number, line?: number): SourceRecord[] {
  const at = line === undefined ? { root } : { root, line };
  if (Array.isArray(value)) return value.map((item: unknown, i) => ({ value: item, path: pointer(i), ...at }));
  if (typeof value !== 'object' || value === null) return [{ value, path: '', ...at }];
  const records: SourceRecord[] = [];
  const rest = withoutLists(value, '', wrappers, (item, path) => records.push({ value: item, path, ...at }));
  if (rest === value) return [{ value, path: '', ...at }];
  return [...records, { value: rest, path: '', rest: true, ...at }];
}

/** An object without the lists of entries in it, of which each entry is given; the object itself where it has none. */
function withoutLists(
  value: object,
  path: string,
  wrappers: readonly string[],
  give: (item: unknown, path: string) => void,
): object {
  let found = false;
  const rest: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    const at = path === '' ? key : `${path}/${key}`;
    if (Array.isArray(member) && wrappers.includes(at)) {
      found = true;
      member.forEach((item: unknown, i) => give(item, `/${at}/${i}`));
      continue;
    }
    const around = typeof member === 'object' && member !== null && wrappers.some((list) => list.startsWith(`${at}/`));
    const inner: unknown = around ? withoutLists(member, at, wrappers, give) : member;
    if (inner !== member) found = true;
    rest.push([key, inner]);
  }
  return found ? Object.fromEntries(rest) : value;
}

/**
 * One JSON value a line, or several after each other. `embedded`: words may be around them, and a value may go over several lines.
 */
export function lineCutter(wrappers: readonly string[], embedded: boolean, offset: number): RecordCutter {
  const splitter = new LineSplitter(offset);
  const multiline = embedded ? new MultilineValues() : null;
  let root = 0;
  const take = (line: SourceLine & { readonly text: string }, found: LineValue): SourceItem[] => {
    if ('reason' in found) return [rejectOf(line, found.reason, found.text)];
    const { value, before, words, onLine } = found;
    if (tooDeep(value)) return [rejectOf(line, TOO_DEEP, line.text)];
    const records = expand(value, wrappers, root++, line.line);
    return records.map((record) => ({
      record: {
        ...record,
        ...(before === undefined ? {} : { before }),
        ...(words === undefined ? {} : { words }),
        ...(onLine === undefined ? {} : { onLine }),
      },
    }));
  };
  const readLine = (line: SourceLine): SourceItem[] => {
    if ('fault' in line) return [rejectOf(line, line.fault, line.excerpt)];
    if (line.text.trim() === '') return [];
    return valuesOf(line, embedded).flatMap((found) => take(line, found));
  };
  const read = (lines: readonly SourceLine[], end: boolean): SourceItem[] => {
    if (multiline === null) return lines.flatMap(readLine);
    const joined = lines.flatMap((line) => multiline.push(line));
    const all = end ? [...joined, ...multiline.flush()] : joined;
    return all.flatMap((one) => ('first' in one ? take(one.first, one.value) : readLine(one)));
  };
  return { push: (chunk) => read(splitter.push(chunk), false), end: () => read(splitter.end(), true) };
}

const rejectOf = ({ line, offset }: SourceLine, reason: string, text: string): SourceItem => ({
  reject: { line, offset, reason, excerpt: excerpt(text) },
});

type LineValue =
  | { readonly value: unknown; readonly before?: string; readonly words?: string; readonly onLine?: readonly unknown[] }
  | { readonly reason: string; readonly text: string };

/** The values of a line; where it is embedded, words that hold no message are a value of their own, a text. */
function valuesOf({ text }: { readonly text: string }, embedded: boolean): readonly LineValue[] {
  const whole = parseLine(text);
  if (whole !== undefined) return [{ value: whole }];
  if (!embedded) return adjacentValues(text)?.map((value) => ({ value })) ?? [notJson(text)];
  const { values, words } = embeddedValues(text);
  if (values.length === 0) return [isWords(text) ? { value: text } : notJson(text)];
  // What is left of the line may be a message that was cut off.
  const all = values.map(({ value }) => value);
  const found = values.map((value) => ({ ...value, words, ...(all.length > 1 ? { onLine: all } : {}) }));
  return isWords(words) ? found : [...found, { reason: 'a message that is cut off', text: words }];
}

function notJson(text: string): LineValue {
  const fault = jsonFault(text);
  return { reason: `not JSON: ${fault?.message ?? 'a fault'} (column ${(fault?.at ?? 0) + 1})`, text };
}

/** A JSON document, or several after each other. */
export function documentCutter(wrappers: readonly string[], offset: number): RecordCutter {
  const cutter = new DocumentCutter(wrappers, offset);
  let carried: Uint8Array = new Uint8Array();
  let at = offset;
  const read = (bytes: Uint8Array): SourceItem[] => {
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

/** Rows of a table, as objects from column to cell; an empty cell is left out. */
export function tableCutter(layout: TableLayout, offset: number): RecordCutter {
  const { separator, isMarkdown, columns, line: headerLine } = layout;
  const splitter = new LineSplitter(offset);
  const rows = isMarkdown ? new MarkdownRows(columns.length) : new RowAssembler(separator, columns.length);
  let root = 0;
  const read = (lines: readonly SourceLine[], end: boolean): SourceItem[] => {
    const items: SourceItem[] = [];
    const take = (found: readonly (CsvRow | ImportReject)[]): void => {
      for (const row of found) {
        if (!('cells' in row)) items.push({ reject: row });
        else if (row.line !== headerLine) {
          const filled = row.cells
            .map((cell, i) => [columns[i] ?? '', cell] as const)
            .filter(([, cell]) => cell !== '');
          const missingCells = columns.length - row.cells.length;
          const place = { root: root++, path: '', line: row.line, ...(missingCells > 0 ? { missingCells } : {}) };
          items.push({ record: { value: Object.fromEntries(filled), ...place } });
        }
      }
    };
    // What is above the header row belongs to no row.
    for (const line of lines) if (line.line >= headerLine) take(rows.push(line));
    if (end) take(rows.end());
    return items;
  };
  return { push: (chunk) => read(splitter.push(chunk), false), end: () => read(splitter.end(), true) };
}

/** A line of a log that is no message, nor one that was cut off: it is given as text. */
const isWords = (line: string): boolean => !/^\s*\{/.test(line) && !/"(jsonrpc|method)"\s*:/.test(line);
