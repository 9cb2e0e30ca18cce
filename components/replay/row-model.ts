import type { TraceGroup, TraceView } from '@/lib/trace';

export type TraceTableRow =
  | { readonly kind: 'call'; readonly index: number }
  | { readonly kind: 'group'; readonly group: TraceGroup; readonly key: string; readonly open: boolean };

/** The rows of the table: the calls that are shown, or groups of them with the calls of those that are open. */
export interface TraceRowModel {
  readonly count: number;
  rowAt(row: number): TraceTableRow | undefined;
  /** The row of a call, or that of its group where that is closed; -1 where the call is not shown. */
  rowOf(index: number): number;
}

export function rowsOf(
  { places, groups }: Pick<TraceView, 'places' | 'groups'>,
  total: number,
  open: ReadonlySet<string>,
): TraceRowModel {
  if (groups === undefined || places === undefined) return flat(places, total);
  /** By group: its row, and the index of its first call. */
  const rows: number[] = [];
  const firsts: number[] = [];
  const keys = groups.map(keyOf);
  let row = 0;
  let first = 0;
  groups.forEach((group, g) => {
    rows.push(row);
    firsts.push(first);
    row += 1 + (open.has(keys[g] ?? '') ? group.count : 0);
    first += group.count;
  });
  return {
    count: row,
    rowAt(at) {
      const g = lastNotAbove(rows, at);
      const group = groups[g];
      if (group === undefined || at >= row) return undefined;
      const key = keys[g] ?? '';
      const within = at - (rows[g] ?? 0);
      if (within === 0) return { kind: 'group', group, key, open: open.has(key) };
      return { kind: 'call', index: places[(firsts[g] ?? 0) + within - 1] ?? 0 };
    },
    rowOf(index) {
      const place = places.indexOf(index);
      if (place < 0) return -1;
      const g = lastNotAbove(firsts, place);
      const header = rows[g] ?? 0;
      return open.has(keys[g] ?? '') ? header + 1 + place - (firsts[g] ?? 0) : header;
    },
  };
}

function flat(places: Uint32Array | undefined, total: number): TraceRowModel {
  const count = places?.length ?? total;
  return {
    count,
    rowAt: (row) => (row < 0 || row >= count ? undefined : { kind: 'call', index: places?.[row] ?? row }),
    rowOf: (index) => (places === undefined ? (index < total ? index : -1) : places.indexOf(index)),
  };
}

export const keyOf = ({ by }: TraceGroup): string => JSON.stringify(by);

/** The index of the last value that is not greater than the given one; values ascend. */
function lastNotAbove(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
