import { expect, test } from 'vitest';
import type { TraceGroup, TraceView } from '@/lib/trace';
import { keyOf, rowsOf } from './row-model';

const group = (tool: string, count: number): TraceGroup => ({
  by: { kind: 'tool', resource: 'slack', tool },
  count,
  effects: [count, 0, 0],
});
const view = (over: Partial<TraceView>): TraceView => ({
  places: undefined,
  count: 0,
  groups: undefined,
  timeline: undefined,
  condition: undefined,
  ...over,
});
const shown = (rows: ReturnType<typeof rowsOf>) =>
  Array.from({ length: rows.count + 1 }, (_, i) => {
    const row = rows.rowAt(i);
    return row?.kind === 'call'
      ? row.index
      : row?.kind === 'group'
        ? `${row.open ? '-' : '+'}${row.group.count}`
        : null;
  });

test('calls, one a row', () => {
  expect(shown(rowsOf(view({}), 3, new Set()))).toEqual([0, 1, 2, null]);
  const some = rowsOf(view({ places: Uint32Array.of(7, 3) }), 9, new Set());
  expect(shown(some)).toEqual([7, 3, null]);
  expect([some.rowOf(3), some.rowOf(4)]).toEqual([1, -1]);
});

test('groups, closed and open', () => {
  const groups = [group('a', 2), group('b', 1), group('c', 3)];
  const places = Uint32Array.of(10, 11, 20, 30, 31, 32);
  const closed = rowsOf(view({ places, groups }), 99, new Set());
  expect(shown(closed)).toEqual(['+2', '+1', '+3', null]);
  expect(closed.rowOf(31)).toBe(2);
  const open = rowsOf(view({ places, groups }), 99, new Set(groups.filter((_, i) => i !== 1).map(keyOf)));
  expect(shown(open)).toEqual(['-2', 10, 11, '+1', '-3', 30, 31, 32, null]);
  expect([10, 20, 32, 99].map((index) => open.rowOf(index))).toEqual([1, 3, 7, -1]);
});
