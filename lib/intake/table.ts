import Papa from 'papaparse';
import { readingOf } from './fields';
import { htmlCell } from './html-cell';
import { isMarkdownRuler, markdownCells, readMarkup } from '../text';

/** A table as it is in a text. */
export interface SourceTable {
  readonly kind: 'markdown' | 'html' | 'separated';
  readonly header: readonly string[];
  readonly rows: readonly SourceTableRow[];
  /** Lines that are no part of the table, with their 1-based number. */
  readonly around: readonly { readonly line: number; readonly text: string }[];
  /** Lines at which a quoted cell begins that is never closed. */
  readonly open: readonly number[];
}

export interface SourceTableRow {
  /** 1-based line at which the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Finds the table in a text: one of Markdown or HTML anywhere in it, or comma- or tab-separated rows. Undefined where there is none. */
export function readTable(text: string): SourceTable | undefined {
  return markdownTable(text) ?? htmlTable(text) ?? separatedTable(text);
}

function markdownTable(text: string): SourceTable | undefined {
  const lines = text.split(/\r\n|\r|\n/);
  const ruler = lines.findIndex(
    (line, at) =>
      at > 0 && line.includes('-') && line.includes('|') && isMarkdownRuler(line) && lines[at - 1]?.includes('|'),
  );
  if (ruler < 0) return undefined;
  const end = lines.findIndex((line, at) => at > ruler && !line.includes('|'));
  const past = end < 0 ? lines.length : end;
  const numbered = lines.map((line, at) => ({ line: at + 1, text: line }));
  return {
    kind: 'markdown',
    header: markdownCells(lines[ruler - 1] ?? '').map((cell) => readMarkup(cell, { markdown: true }).text.trim()),
    rows: numbered.slice(ruler + 1, past).map(({ line, text: row }) => ({ line, cells: markdownCells(row) })),
    around: [...numbered.slice(0, ruler - 1), ...numbered.slice(past)].filter(({ text: row }) => row.trim() !== ''),
    open: [],
  };
}

const TABLE_PART = /<(\/?)(table|tr|t[hd])\b[^<>]{0,4000}>/gi;

/** The first table of a page's source, read as a sequence of row and cell tags: ends of rows and cells may be missing (HTML, 13.1.2.4). */
function htmlTable(text: string): SourceTable | undefined {
  if (!/<table\b/i.test(text)) return undefined;
  const rows: { line: number; cells: string[] }[] = [];
  const outside: { from: number; to: number }[] = [];
  let inTable = false;
  let cell: number | undefined;
  let last = 0;
  let [line, counted] = [1, 0];
  const closeCell = (to: number): void => {
    if (cell !== undefined) rows.at(-1)?.cells.push(text.slice(cell, to));
    cell = undefined;
  };
  for (const match of text.matchAll(TABLE_PART)) {
    const [closing, name] = [match[1] === '/', (match[2] ?? '').toLowerCase()];
    if (!inTable && (closing || name !== 'table' || rows.length > 0)) continue;
    closeCell(match.index);
    if (name === 'table') {
      if (!closing) outside.push({ from: last, to: match.index });
      inTable = !closing;
    } else if (!closing && name === 'tr') {
      line += linesIn(text.slice(counted, match.index));
      counted = match.index;
      rows.push({ line, cells: [] });
    } else if (!closing) cell = match.index + match[0].length;
    last = match.index + match[0].length;
  }
  closeCell(text.length);
  const [first, ...rest] = rows.filter(({ cells }) => cells.length > 0);
  if (first === undefined) return undefined;
  outside.push({ from: last, to: inTable ? last : text.length });
  const header = first.cells.map((one) =>
    readMarkup(htmlCell(one, { reading: 'name', named: true }), { markdown: false }).text.trim(),
  );
  const columns = header.map((name) => ({ reading: readingOf(name), named: name !== '' }));
  const beyond = { reading: undefined, named: true };
  return {
    kind: 'html',
    header,
    rows: rest.map((row) => ({
      line: row.line,
      cells: row.cells.map((one, at) => htmlCell(one, columns[at] ?? beyond)),
    })),
    around: outside.flatMap(({ from, to }) => wordsOutside(text, from, to)),
    open: [],
  };
}

/** Lines with words between the tags beside a table. */
function wordsOutside(text: string, from: number, to: number): { line: number; text: string }[] {
  const first = 1 + linesIn(text.slice(0, from));
  const lines = text
    .slice(from, to)
    .replace(/<(?:\/?[a-z]|!)[^<>]{0,4000}>/gi, '')
    .split(/\r\n|\r|\n/);
  return lines.map((words, at) => ({ line: first + at, text: words })).filter(({ text: words }) => words.trim() !== '');
}

function separatedTable(text: string): SourceTable | undefined {
  const body = text.replace(/^\ufeff/, '');
  const header = body.split(/\r\n|\r|\n/).find((line) => line.trim() !== '') ?? '';
  const delimiter = [...'\t,;|']
    .map((mark) => ({ mark, columns: Papa.parse<string[]>(header, { delimiter: mark }).data[0]?.length ?? 0 }))
    .reduce((best, one) => (one.columns > best.columns ? one : best));
  if (delimiter.columns < 2) return undefined;
  // Papa says of a row neither where it begins nor where it ends, so that lines are counted by what was read up to it.
  const rows: SourceTableRow[] = [];
  const open: number[] = [];
  let line = 1;
  let from = 0;
  Papa.parse<string[]>(body, {
    delimiter: delimiter.mark,
    step: ({ data, errors, meta }) => {
      if (errors.some(({ type }) => type === 'Quotes')) open.push(line);
      if (data.some((cell) => cell.trim() !== '')) rows.push({ line, cells: data.map((cell) => cell.trim()) });
      line += linesIn(body.slice(from, meta.cursor));
      from = meta.cursor;
    },
  });
  const [first, ...rest] = rows;
  return first === undefined ? undefined : { kind: 'separated', header: first.cells, rows: rest, around: [], open };
}

const linesIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;
