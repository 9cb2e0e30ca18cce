'use client';
import { clsx } from 'clsx';
import {
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import type { Rule } from '@/lib/engine';
import type { TraceOrder, TraceView, ViewWanted } from '@/lib/trace';
import { useReplay, useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { partOf } from '../ui/part';
import { useLasting } from '../ui/use-lasting';
import { narrowedTo } from './cell-filter';
import { columnsFor, leastWidthOf, templateOf, type ColumnId } from './columns';
import { rowsOf } from './row-model';
import { useTablePreferences } from './table-preferences';
import { HEAD_HEIGHT, TraceHead } from './trace-head';
import { ROW_HEIGHT } from './trace-row';
import { TraceRows } from './trace-rows';
import { useScaledRows } from './use-scaled-rows';

interface TraceTableProps {
  onSelect(index: number): void;
  /** Asked for by Enter: the explanation shall take the focus. */
  onOpen(): void;
}

const CellMenu = partOf(() => import('./cell-menu').then((module) => module.CellMenu));
const A_DAY = 86_400_000;
const DATED_WIDTH = 116;
const NO_VIEW: Pick<TraceView, 'places' | 'groups' | 'timeline'> = {
  places: undefined,
  groups: undefined,
  timeline: undefined,
};
const NOBODY: readonly Pick<Rule, 'name'>[] = [];

/**
 * The calls of the trace, one a row; only the rows in sight are drawn. The grid itself has the focus, and names the row that is active: up
 * and down go from row to row, left and right from cell to cell, and in groups they close and open.
 */
export function TraceTable({ onSelect, onOpen }: TraceTableProps) {
  const { replay } = useSession();
  // Drawn anew when lines have arrived, too.
  const now = useReplay('open', 'view', 'focus', 'results', 'stale', 'wanted', 'linesVersion');
  // The rows of the trace that is open follow right after all else, so that the two do not hold the page up in one piece.
  const before = useDeferredValue(now);
  const behind = before !== now && before.open === now.open;
  const { open, view, results, stale, wanted, linesVersion } = behind ? before : now;
  const { focus } = now;
  const lineAt = (index: number) => replay.lineAt(index);
  const onView = (next: ViewWanted) => replay.setView(next);
  const onOrder = useCallback(
    (order: TraceOrder | undefined) => {
      const { order: _, ...rest } = replay.getSnapshot().wanted;
      replay.setView(order === undefined ? rest : { ...rest, order });
    },
    [replay],
  );
  const { rules } = useShownPolicy();
  const preferences = useTablePreferences();
  const total = open?.info.calls ?? 0;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const { places, groups, timeline } = view ?? NO_VIEW;
  const staleForLong = useLasting(now.results === undefined || results === undefined);
  const model = useMemo(() => rowsOf({ places, groups }, total, opened), [places, groups, total, opened]);
  const focusRow = useMemo(() => (focus === undefined ? -1 : model.rowOf(focus)), [model, focus]);
  /** A group's row is active without a call being in focus. */
  const [groupRow, setGroupRow] = useState<string>();
  const [column, setColumn] = useState<ColumnId>('tool');
  const [menu, setMenu] = useState<{ x: number; y: number; index: number; column: ColumnId }>();
  const rows = useScaledRows(model.count, ROW_HEIGHT, HEAD_HEIGHT);
  const { scroller, show } = rows;
  const activeGroup = useMemo(() => {
    if (groupRow === undefined || groups === undefined) return -1;
    for (let row = 0; row < model.count;) {
      const at = model.rowAt(row);
      if (at?.kind !== 'group') break;
      if (at.key === groupRow) return row;
      row += 1 + (at.open ? at.group.count : 0);
    }
    return -1;
  }, [groupRow, model, groups]);
  const activeRow = activeGroup >= 0 ? activeGroup : focusRow;

  const columns = preferences.columns ?? columnsFor(rows.width);
  const dated = timeline !== undefined && timeline.to - timeline.from > A_DAY;
  const widths = useMemo(
    () => (dated ? { time: DATED_WIDTH, ...preferences.widths } : preferences.widths),
    [dated, preferences.widths],
  );
  const template = templateOf(columns, widths);
  const shown = results ?? stale;
  const names = useMemo(() => {
    const byId = new Map(rules.map((rule) => [rule.id, rule]));
    return shown?.rules.map((id) => ({ name: byId.get(id)?.name ?? '' })) ?? NOBODY;
  }, [rules, shown?.rules]);

  // Also when the pane becomes lower, because the explanation opens.
  useEffect(() => {
    if (activeRow >= 0) show(activeRow);
  }, [activeRow, show, rows.viewport]);

  function goTo(row: number) {
    const at = model.rowAt(row);
    if (at === undefined) return;
    if (at.kind === 'group') setGroupRow(at.key);
    else {
      setGroupRow(undefined);
      onSelect(at.index);
    }
  }

  function toggle(key: string, toOpen: boolean) {
    const next = new Set(opened);
    if (toOpen) next.add(key);
    else next.delete(key);
    setOpened(next);
    setGroupRow(key);
  }

  function sideways(step: 1 | -1) {
    const at = columns.indexOf(column);
    setColumn(columns[Math.min(columns.length - 1, Math.max(0, (at < 0 ? 0 : at) + step))] ?? 'tool');
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return;
    const at = model.rowAt(activeRow);
    const last = model.count - 1;
    const control = event.ctrlKey || event.metaKey;
    const go = (row: number) => {
      event.preventDefault();
      goTo(Math.min(last, Math.max(0, row)));
    };
    switch (event.key) {
      case 'ArrowDown':
        return go(control ? last : activeRow + 1);
      case 'ArrowUp':
        return go(control ? 0 : activeRow - 1);
      case 'PageDown':
        return go(Math.max(0, activeRow) + rows.rowsAPage);
      case 'PageUp':
        return go(activeRow - rows.rowsAPage);
      case 'Home':
        return go(0);
      case 'End':
        return go(last);
      case 'ArrowLeft':
      case 'ArrowRight': {
        event.preventDefault();
        const right = event.key === 'ArrowRight';
        if (at?.kind === 'group') toggle(at.key, right);
        else sideways(right ? 1 : -1);
        return;
      }
      case 'Enter':
      case ' ':
        event.preventDefault();
        if (at?.kind === 'group') toggle(at.key, !at.open);
        else if (at !== undefined) onOpen();
        return;
      case 'f': {
        if (at?.kind !== 'call' || control || event.altKey) return;
        const narrowed = narrowedTo(wanted.filter, column, lineAt(at.index), results, at.index);
        if (narrowed !== undefined) onView({ ...wanted, filter: narrowed.filter });
        return;
      }
    }
  }

  function onClick(event: MouseEvent) {
    const { row, column: cell } = placeOf(event.target);
    const at = row === undefined ? undefined : model.rowAt(row);
    if (at === undefined || row === undefined) return;
    if (at.kind === 'group') toggle(at.key, !at.open);
    else {
      if (cell !== undefined) setColumn(cell);
      goTo(row);
    }
  }

  /** By the mouse at a cell; by the menu key at the one that is active. */
  function onContextMenu(event: MouseEvent) {
    const { row, column: cell } = placeOf(event.target);
    const at = model.rowAt(row ?? activeRow);
    if (at?.kind !== 'call') return;
    event.preventDefault();
    const byKey = row === undefined;
    const box = byKey
      ? document
          .getElementById(`call-${activeRow}`)
          ?.querySelector(`[data-column="${column}"]`)
          ?.getBoundingClientRect()
      : undefined;
    if (cell !== undefined) setColumn(cell);
    if (!byKey) goTo(row);
    setMenu({
      x: box?.left ?? event.clientX,
      y: box?.bottom ?? event.clientY,
      index: at.index,
      column: cell ?? column,
    });
  }

  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        role={groups === undefined ? 'grid' : 'treegrid'}
        aria-label="Calls of the trace"
        aria-rowcount={model.count + 1}
        aria-colcount={columns.length}
        // Out of sight it has no element.
        aria-activedescendant={activeRow >= rows.from && activeRow < rows.to ? `call-${activeRow}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onContextMenu={onContextMenu}
        className={clsx('min-h-0 flex-1 overflow-auto contain-strict outline-offset-[-2px] [overflow-anchor:none]')}
      >
        <div style={{ minWidth: preferences.columns === undefined ? 0 : leastWidthOf(columns, widths) }}>
          <TraceHead
            columns={columns}
            widths={widths}
            template={template}
            order={wanted.order}
            zone={preferences.zone}
            moment={timeline?.from ?? 0}
            onOrder={onOrder}
          />
          {/* Dimmed while the decisions are those of an earlier policy; by a class, so that no other cell has its style worked out anew. */}
          <div
            role="rowgroup"
            aria-busy={behind || results === undefined}
            className={clsx('relative overflow-hidden [&.stale_.decided]:opacity-50', staleForLong && 'stale')}
            style={{ height: rows.height }}
          >
            <TraceRows
              model={model}
              from={rows.from}
              to={rows.to}
              top={rows.topOf(0)}
              columns={columns}
              template={template}
              results={shown}
              rules={names}
              active={activeRow}
              column={column}
              zone={preferences.zone}
              dated={dated}
              grouped={groups !== undefined}
              linesVersion={linesVersion}
            />
          </div>
        </div>
      </div>
      {menu === undefined ? null : (
        <CellMenu
          x={menu.x}
          y={menu.y}
          column={menu.column}
          line={lineAt(menu.index)}
          narrowed={narrowedTo(wanted.filter, menu.column, lineAt(menu.index), results, menu.index)}
          onFilter={(filter) => onView({ ...wanted, filter })}
          onOrder={(descending) => onView({ ...wanted, order: { by: menu.column, descending } })}
          onClose={() => {
            setMenu(undefined);
            scroller.current?.focus();
          }}
        />
      )}
    </div>
  );
}

function placeOf(target: EventTarget): { row: number | undefined; column: ColumnId | undefined } {
  const element = target instanceof Element ? target : undefined;
  const row = element?.closest<HTMLElement>('[data-row]')?.dataset.row;
  const column = element?.closest<HTMLElement>('[data-column]')?.dataset.column;
  return { row: row === undefined ? undefined : Number(row), column: column as ColumnId | undefined };
}
