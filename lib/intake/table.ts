import Papa from 'papaparse';

/** A table as it stands in a text. */
export interface Table {
  readonly kind: 'markdown' | 'separated';
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
  /** Lines that are no part of the table, with their 1-based number. */
  readonly around: readonly { readonly line: number; readonly text: string }[];
  /** Lines at which a quoted cell begins that is never closed. */
  readonly open: readonly number[];
}

export interface TableRow {
  /** 1-based line at which the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Finds the table in a text: a Markdown table anywhere in it, or comma- or tab-separated rows. Undefined where there is none. */
export function readTable(text: string): Table | undefined {
  return markdownTable(text) ?? separatedTable(text);
}

/** The line below a header: `| --- | :--: |`. */
const RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

function markdownTable(text: string): Table | undefined {
  const lines = text.split(/\r\n|\r|\n/);
  const ruler = lines.findIndex(
    (line, at) => at > 0 && line.includes('-') && line.includes('|') && RULE.test(line) && lines[at - 1]?.includes('|'),
  );
  if (ruler < 0) return undefined;
  const end = lines.findIndex((line, at) => at > ruler && !line.includes('|'));
  const past = end < 0 ? lines.length : end;
  const numbered = lines.map((line, at) => ({ line: at + 1, text: line }));
  return {
    kind: 'markdown',
    header: markdownCells(lines[ruler - 1] ?? ''),
    rows: numbered.slice(ruler + 1, past).map(({ line, text: row }) => ({ line, cells: markdownCells(row) })),
    around: [...numbered.slice(0, ruler - 1), ...numbered.slice(past)].filter(({ text: row }) => row.trim() !== ''),
    open: [],
  };
}

/** The cells of a row of a Markdown table: a bar is escaped by a backslash, inside of code too (GFM, "Tables"). */
function markdownCells(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  const row = line.trim();
  for (let at = 0; at < row.length; at++) {
    const here = row.charAt(at);
    if (here === '\\' && row[at + 1] === '|') {
      cell += '|';
      at++;
    } else if (here === '|') {
      cells.push(cell.trim());
      cell = '';
    } else cell += here;
  }
  cells.push(cell.trim());
  if (row.startsWith('|')) cells.shift();
  if (cells.length > 1 && cells.at(-1) === '' && row.endsWith('|')) cells.pop();
  return cells;
}

function separatedTable(text: string): Table | undefined {
  const body = text.replace(/^\ufeff/, '');
  const header = body.split(/\r\n|\r|\n/).find((line) => line.trim() !== '') ?? '';
  const delimiter = [...'\t,;|']
    .map((mark) => ({ mark, columns: Papa.parse<string[]>(header, { delimiter: mark }).data[0]?.length ?? 0 }))
    .reduce((best, one) => (one.columns > best.columns ? one : best));
  if (delimiter.columns < 2) return undefined;
  // Papa says of a row neither where it begins nor where it ends, so that lines are counted by what was read up to it.
  const rows: TableRow[] = [];
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
