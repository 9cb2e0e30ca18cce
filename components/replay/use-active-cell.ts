'use client';
import { useMemo, useState, type KeyboardEvent } from 'react';
import type { ColumnId } from './columns';
import type { TraceModel } from './use-trace-model';

interface TableActions {
  readonly columns: readonly ColumnId[];
  readonly rowsAPage: number;
  onSelect(index: number): void;
  /** By Enter on a call. */
  onOpen(): void;
  /** By "f" on a call: filter by the cell. */
  onNarrow(index: number, column: ColumnId): void;
}

/**
 * The active row and column of the table, and the keys: up and down go from row to row, left and right from cell to cell, and in groups they
 * close and open. The row of a group is active without a call being in focus.
 */
export function useActiveCell({ model, groups, focusRow, setGroupOpen }: TraceModel, actions: TableActions) {
  const { columns, rowsAPage, onSelect, onOpen, onNarrow } = actions;
  const [groupKey, setGroupKey] = useState<string>();
  const [column, setColumn] = useState<ColumnId>('tool');
  const groupRow = useMemo(
    () => (groupKey === undefined || groups === undefined ? -1 : rowOfGroup(model, groupKey)),
    [groupKey, model, groups],
  );
  const row = groupRow >= 0 ? groupRow : focusRow;

  function goTo(to: number) {
    const entry = model.rowAt(to);
    if (entry === undefined) return;
    if (entry.kind === 'group') setGroupKey(entry.key);
    else {
      setGroupKey(undefined);
      onSelect(entry.index);
    }
  }

  function toggle(key: string, toOpen: boolean) {
    setGroupOpen(key, toOpen);
    setGroupKey(key);
  }

  function moveSideways(step: 1 | -1) {
    const at = columns.indexOf(column);
    setColumn(columns[Math.min(columns.length - 1, Math.max(0, (at < 0 ? 0 : at) + step))] ?? 'tool');
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return;
    const to = rowAfter(event, row, rowsAPage, model.count - 1);
    const entry = model.rowAt(row);
    const key = KEYS[event.key];
    if (to !== undefined) {
      event.preventDefault();
      goTo(to);
    } else if (key === 'sideways') {
      event.preventDefault();
      const right = event.key === 'ArrowRight';
      if (entry?.kind === 'group') toggle(entry.key, right);
      else moveSideways(right ? 1 : -1);
    } else if (key === 'open') {
      event.preventDefault();
      if (entry?.kind === 'group') toggle(entry.key, !entry.open);
      else if (entry !== undefined) onOpen();
    } else if (key === 'narrow' && entry?.kind === 'call' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      onNarrow(entry.index, column);
    }
  }
  return { row, column, setColumn, goTo, toggle, onKeyDown };
}

const KEYS: Readonly<Record<string, 'sideways' | 'open' | 'narrow'>> = {
  ArrowLeft: 'sideways',
  ArrowRight: 'sideways',
  Enter: 'open',
  ' ': 'open',
  f: 'narrow',
};

/** The row that a key goes to from `row`; undefined for any other key. */
function rowAfter(event: KeyboardEvent, row: number, rowsAPage: number, last: number): number | undefined {
  const control = event.ctrlKey || event.metaKey;
  const rows: Readonly<Record<string, number>> = {
    ArrowDown: control ? last : row + 1,
    ArrowUp: control ? 0 : row - 1,
    PageDown: Math.max(0, row) + rowsAPage,
    PageUp: row - rowsAPage,
    Home: 0,
    End: last,
  };
  const to = rows[event.key];
  return to === undefined ? undefined : Math.min(last, Math.max(0, to));
}

/** Groups come one after the other, each with its calls if it is open; -1 if no row is this group's. */
function rowOfGroup(model: TraceModel['model'], key: string): number {
  for (let row = 0; row < model.count;) {
    const entry = model.rowAt(row);
    if (entry?.kind !== 'group') break;
    if (entry.key === key) return row;
    row += 1 + (entry.open ? entry.group.count : 0);
  }
  return -1;
}
