import { isMarkdownRuler, markdownCells, readMarkup } from '../../text';
import type { ImportReject } from '../types';
import { excerpt } from './limits';
import type { SourceLine } from './lines';
import { parse } from './exact';
import type { CsvRow } from './rows';

/** The rows of a Markdown table: one a line, with the markup of their cells undone. */
export class MarkdownRows {
  /** The line of dashes below the header was passed. */
  #ruled = false;

  constructor(private readonly width: number) {}

  push(line: SourceLine): readonly (CsvRow | ImportReject)[] {
    if ('fault' in line) {
      return [{ line: line.line, offset: line.offset, reason: line.fault, excerpt: excerpt(line.excerpt) }];
    }
    if (line.text.trim() === '') return [];
    const { text } = line;
    if (!this.#ruled && isMarkdownRuler(text)) {
      this.#ruled = true;
      return [];
    }
    if (this.width > 1 && !text.includes('|')) {
      return [{ line: line.line, reason: 'the line is no row of the table', excerpt: excerpt(text) }];
    }
    const cells = markdownRow(text);
    if (cells.length <= this.width) return [{ cells, line: line.line }];
    const reason = `the row has ${cells.length} cells, the header ${this.width}`;
    return [{ line: line.line, reason, excerpt: excerpt(text) }];
  }

  end(): readonly (CsvRow | ImportReject)[] {
    return [];
  }
}

/** The index of the line of dashes below a header; -1 where there is none. */
export const markdownRuler = (lines: readonly string[]): number =>
  lines.findIndex(
    (line, at) => at > 0 && line.includes('|') && isMarkdownRuler(line) && lines[at - 1]?.includes('|') === true,
  );

/** JSON that reads as it is keeps its backslashes, which are its own. */
export const markdownRow = (line: string): readonly string[] =>
  markdownCells(line).map((cell) => {
    if (/^[[{]/.test(cell) && parse(cell) !== undefined) return cell;
    const { text } = readMarkup(cell, { markdown: true });
    return (/^\*\*(.+)\*\*$/s.exec(text)?.[1] ?? text).trim();
  });
