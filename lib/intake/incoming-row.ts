import type { Json } from '../engine';

/** One rule as it came: its cells by column, or its members by key. */
export interface IncomingRow {
  readonly place: number;
  readonly cells: readonly (Json | undefined)[];
}

/** The user's text as a remark quotes it, on one line. */
export const quoted = (text: string, most = 60): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  const points = [...line.slice(0, most * 2 + 2)];
  return `\`${points.length > most ? `${points.slice(0, most).join('')}…` : line}\``;
};

/** A value as a remark quotes it. */
export const shown = (cell: Json | undefined): string =>
  quoted(typeof cell === 'string' ? cell : JSON.stringify(cell ?? null));

export const isFilled = (cell: Json | undefined): cell is Exclude<Json, null> =>
  cell !== undefined && cell !== null && !(typeof cell === 'string' && cell.trim() === '');
