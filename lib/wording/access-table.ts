import type { DecisionEffect } from '../engine';
import { markHidden } from '../text';
import { EFFECT_WORDS } from './effect-words';

/** A matrix as it is copied: the rows that are in sight, with words in the cells. */
export interface AccessTable {
  readonly subjects: readonly string[];
  readonly rows: readonly {
    readonly resource: string;
    readonly tool: string;
    readonly effects: readonly DecisionEffect[];
  }[];
}

/** A table for GitHub-flavoured Markdown. */
export function accessMarkdown({ subjects, rows }: AccessTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map(markdownCell).join(' | ')} |`;
  return [
    line(['Resource', 'Tool', ...subjects]),
    `|${' --- |'.repeat(subjects.length + 2)}`,
    ...rows.map(({ resource, tool, effects }) =>
      line([resource, tool, ...effects.map((effect) => EFFECT_WORDS[effect])]),
    ),
    '',
  ].join('\n');
}

/** Names are data: none of their characters may end a cell or become markup. */
export const markdownCell = (text: string): string =>
  markHidden(text)
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_{}[\]<>|~]/g, (character) => `\\${character}`);

/** RFC 4180: lines end in CRLF. */
export function accessCsv({ subjects, rows }: AccessTable): string {
  return [
    csvRow(['resource', 'tool', ...subjects]),
    ...rows.map(({ resource, tool, effects }) =>
      csvRow([resource, tool, ...effects.map((effect) => EFFECT_WORDS[effect])]),
    ),
  ].join('');
}

/** A row with its end, each text in it one cell. */
export const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** INVARIANT: a cell that a spreadsheet would take for a formula is given a leading apostrophe, for names come from other people's servers. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
