import type { SortKey } from '@/lib/trace';

/** A column of the trace's table; all are sortable. */
export type ColumnId = SortKey;

interface ColumnFacts {
  readonly name: string;
  /** Default width in pixels. */
  readonly width: number;
}

export const COLUMNS = {
  time: { name: 'Time', width: 88 },
  agent: { name: 'Agent', width: 112 },
  instance: { name: 'Instance', width: 120 },
  user: { name: 'User', width: 152 },
  resource: { name: 'Resource', width: 96 },
  tool: { name: 'Tool', width: 200 },
  decision: { name: 'Decision', width: 152 },
  rule: { name: 'Rule', width: 176 },
  hazards: { name: 'Hazards', width: 150 },
  recorded: { name: 'Recorded', width: 190 },
} as const satisfies Record<ColumnId, ColumnFacts>;

export const COLUMN_IDS = Object.keys(COLUMNS) as readonly ColumnId[];
export const LEAST_WIDTH = 56;
export const MOST_WIDTH = 640;

/** The columns that fit a pane of this width, used where the user has not chosen any; recorded decisions are shown where a trace has some. */
export function columnsFor(width: number, hasRecorded = false): readonly ColumnId[] {
  if (width < 448) return NARROW;
  if (!hasRecorded) return width < 672 ? MIDDLE : WIDE;
  return width < 672 ? RECORDED_MIDDLE : width < 960 ? RECORDED_WIDE : [...WIDE, 'recorded'];
}

const NARROW: readonly ColumnId[] = ['tool', 'decision'];
const MIDDLE: readonly ColumnId[] = ['time', 'agent', 'tool', 'decision'];
const RECORDED_MIDDLE: readonly ColumnId[] = ['tool', 'decision', 'recorded'];
const RECORDED_WIDE: readonly ColumnId[] = ['time', 'agent', 'tool', 'decision', 'recorded'];
const WIDE: readonly ColumnId[] = ['time', 'agent', 'user', 'resource', 'tool', 'decision'];

/** The remaining width goes to the tool, or to the last column where the tool is not shown. */
export function templateOf(columns: readonly ColumnId[], widths: Partial<Record<ColumnId, number>>): string {
  const wide = columns.includes('tool') ? 'tool' : columns.at(-1);
  return columns
    .map((id) => {
      const width = widths[id] ?? COLUMNS[id].width;
      // In a narrow pane with the two main columns only, the tool takes the width that the decision leaves.
      return id === wide ? `minmax(${columns.length > 2 ? width : LEAST_WIDTH}px, 1fr)` : `${width}px`;
    })
    .join(' ');
}

export const leastWidthOf = (columns: readonly ColumnId[], widths: Partial<Record<ColumnId, number>>): number =>
  columns.length > 2 ? columns.reduce((sum, id) => sum + (widths[id] ?? COLUMNS[id].width) + 12, 24) : 0;
