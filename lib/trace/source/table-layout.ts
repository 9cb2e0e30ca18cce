import { markdownRow, markdownRuler } from './markdown-rows';
import { RowParser, separatorOf } from './rows';

/** How a table is laid out, as its head says. */
export interface TableLayout {
  readonly separator: string;
  /** A table of Markdown, with a line of dashes below its header. */
  readonly isMarkdown: boolean;
  readonly columns: readonly string[];
  /** The line of the header row, from 1; what is above it is no row. */
  readonly line: number;
  /** How many filled lines above the header row are passed over (`sep=` apart). */
  readonly skipped: number;
}

/** How many filled lines may hold the header row: titles and remarks above it are few. */
const HEADER_REACH = 20;
/** Excel's first line, which names the separator. */
const EXCEL_SEPARATOR = /^\s*"?sep=(.|\t)"?\s*$/i;

interface HeadRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly filled: number;
}

/**
 * Finds the header row: the first line that is not blank, unless it has fewer cells than most lines below and `known`
 * (how many of some columns are known) speaks for another: a title. `wanted` is the line that the user chose.
 */
export function tableLayout(
  head: string,
  known: (columns: readonly string[]) => number = () => 0,
  wanted?: number,
): TableLayout {
  const filled = head
    .split('\n')
    .map((text, i) => ({ text: text.replace(/\r$/, ''), line: i + 1 }))
    .filter(({ text, line }) => text.trim() !== '' && (wanted === undefined || line >= wanted));
  const stated =
    wanted === undefined || wanted > 1 ? EXCEL_SEPARATOR.exec(head.split('\n', 1)[0] ?? '')?.[1] : undefined;
  const below = stated !== undefined && filled[0]?.line === 1 ? filled.slice(1) : filled;
  const lines = below.slice(0, HEADER_REACH);
  const ruler = markdownRuler(lines.map(({ text }) => text));
  if (ruler > 0 && (wanted === undefined || ruler === 1)) {
    const { text = '', line = 1 } = lines[ruler - 1] ?? {};
    const columns = distinctNames(markdownRow(text));
    return { separator: '|', isMarkdown: true, columns, line, skipped: ruler - 1 };
  }
  const separator =
    stated ??
    separatorIn(
      lines.map(({ text }) => text),
      known,
    );
  const rows = lines.map(({ text, line }): HeadRow => {
    const parser = new RowParser(separator);
    parser.feed(text);
    return { line, cells: parser.cells, filled: parser.cells.filter((cell) => cell.trim() !== '').length };
  });
  const at = wanted === undefined ? headerIndex(rows, known) : 0;
  const header = rows[at];
  return {
    separator,
    isMarkdown: false,
    columns: distinctNames(header?.cells ?? ['']),
    line: header?.line ?? 1,
    skipped: wanted === undefined ? at : 0,
  };
}

/** The separator of the first line where its columns are known; else the one that most lines use, as titles do not. */
function separatorIn(lines: readonly string[], known: (columns: readonly string[]) => number): string {
  const [first = ''] = lines;
  const own = separatorOf(first);
  if (known(cellsOf(first, own)) > 0) return own;
  const votes = new Map([[own, 0]]);
  for (const line of lines) {
    const separator = separatorOf(line);
    if (cellsOf(line, separator).length > 1) votes.set(separator, (votes.get(separator) ?? 0) + 1);
  }
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? own;
}

function cellsOf(line: string, separator: string): readonly string[] {
  const parser = new RowParser(separator);
  return parser.feed(line) === 'done' ? parser.cells : [line];
}

function headerIndex(rows: readonly HeadRow[], known: (columns: readonly string[]) => number): number {
  const [first] = rows;
  if (!first) return 0;
  const counts = new Map<number, number>();
  for (const { cells } of rows.slice(1)) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [usual = 0] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
  if (first.filled >= usual) return 0;
  const found = rows.findIndex(({ filled }) => filled >= usual && usual > 1);
  const candidate = rows[found];
  if (!candidate) return 0;
  const ours = known(first.cells);
  return ours === 0 || known(candidate.cells) > ours ? found : 0;
}

/** Columns of one name are distinguished by their number. */
function distinctNames(cells: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, i) => {
    const name = cell.trim() === '' ? `column ${i + 1}` : cell.trim();
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
