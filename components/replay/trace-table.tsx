'use client';
import { clsx } from 'clsx';
import { useCallback, useEffect, useMemo, useState, type MouseEvent, type ReactNode } from 'react';
import type { CallFilter, TraceOrder } from '@/lib/trace';
import { useSession } from '../session/session';
import { partOf } from '../ui/part';
import { narrowedTo } from './cell-filter';
import { columnsFor, leastWidthOf, templateOf, type ColumnId } from './columns';
import { useTablePreferences } from './table-preferences';
import { HEAD_HEIGHT, TraceHead } from './trace-head';
import { ROW_HEIGHT } from './trace-row';
import { TraceRows } from './trace-rows';
import { useActiveCell } from './use-active-cell';
import { useScaledRows } from './use-scaled-rows';
import { useTraceModel, type TraceModel } from './use-trace-model';

interface TraceTableProps {
  onSelect(index: number): void;
  /** By Enter: the explanation takes the focus. */
  onOpen(): void;
}

const CellMenu = partOf(() => import('./cell-menu').then((module) => module.CellMenu));
const A_DAY = 86_400_000;
const DATED_WIDTH = 116;

/**
 * The calls of the trace, one a row; only the rows near the visible part are drawn. The grid itself has the focus, and names the row that is
 * active (`useActiveCell`).
 */
export function TraceTable({ onSelect, onOpen }: TraceTableProps) {
  const { replay } = useSession();
  const trace = useTraceModel();
  const { model, groups, wanted, timeline, shown } = trace;
  const rows = useScaledRows(model.count, ROW_HEIGHT, HEAD_HEIGHT);
  const { scroller, show } = rows;
  const layout = useTableLayout(timeline, rows.width, (shown?.recordedTally.total ?? 0) > 0);
  const { narrowed, onFilter, onOrder } = useViewActions(trace);
  const active = useActiveCell(trace, {
    columns: layout.columns,
    rowsAPage: rows.rowsAPage,
    onSelect,
    onOpen,
    onNarrow(index, column) {
      const filter = narrowed(index, column)?.filter;
      if (filter !== undefined) onFilter(filter);
    },
  });
  const { menu, closeMenu, onClick, onContextMenu } = useCellMouse(model, active);

  // Also when the pane becomes lower, because the explanation opens.
  useEffect(() => {
    if (active.row >= 0) show(active.row);
  }, [active.row, show, rows.viewport]);

  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        role={groups === undefined ? 'grid' : 'treegrid'}
        aria-label="Calls of the trace"
        aria-rowcount={model.count + 1}
        aria-colcount={layout.columns.length}
        // A row that is not drawn has no element.
        aria-activedescendant={active.row >= rows.from && active.row < rows.to ? `call-${active.row}` : undefined}
        tabIndex={0}
        onKeyDown={active.onKeyDown}
        onClick={onClick}
        onContextMenu={onContextMenu}
        className="min-h-0 flex-1 overflow-auto contain-strict outline-offset-[-2px] [overflow-anchor:none]"
      >
        <div style={{ minWidth: layout.leastWidth }}>
          <TraceHead {...layout} order={wanted.order} moment={timeline?.from ?? 0} onOrder={onOrder} />
          <RowGroup isBusy={trace.isBusy} isStale={trace.isStale} height={rows.height}>
            <TraceRows
              {...layout}
              model={model}
              from={rows.from}
              to={rows.to}
              top={rows.topOf(0)}
              results={shown}
              rules={trace.names}
              active={active.row}
              column={active.column}
              grouped={groups !== undefined}
              linesVersion={trace.linesVersion}
            />
          </RowGroup>
        </div>
      </div>
      {menu === undefined ? null : (
        <CellMenu
          {...menu}
          line={replay.lineAt(menu.index)}
          narrowed={narrowed(menu.index, menu.column)}
          onFilter={onFilter}
          onOrder={(descending) => onOrder({ by: menu.column, descending })}
          onClose={() => {
            closeMenu();
            scroller.current?.focus();
          }}
        />
      )}
    </div>
  );
}

/** What narrows and orders the rows that are shown. */
function useViewActions({ wanted, results }: TraceModel) {
  const { replay } = useSession();
  return {
    narrowed: (index: number, column: ColumnId) =>
      narrowedTo(wanted.filter, column, replay.lineAt(index), results, index),
    onFilter: (filter: CallFilter) => replay.setView({ ...wanted, filter }),
    // The same function, so that the head does not render with every decision.
    onOrder: useCallback(
      (order: TraceOrder | undefined) => {
        const { order: _, ...rest } = replay.getSnapshot().wanted;
        replay.setView(order === undefined ? rest : { ...rest, order });
      },
      [replay],
    ),
  };
}

interface RowGroupProps {
  isBusy: boolean;
  isStale: boolean;
  height: number;
  children: ReactNode;
}

/** Dimmed while the decisions are those of an earlier policy; by a class, so that no other cell has its style worked out anew. */
const RowGroup = ({ isBusy, isStale, height, children }: RowGroupProps) => (
  <div
    role="rowgroup"
    aria-busy={isBusy}
    className={clsx('relative overflow-hidden [&.stale_.decided]:opacity-50', isStale && 'stale')}
    style={{ height }}
  >
    {children}
  </div>
);

/** The columns, by preference or as many as fit the width; times have a date where the trace is longer than a day. */
function useTableLayout(timeline: TraceModel['timeline'], width: number, hasRecorded: boolean) {
  const preferences = useTablePreferences();
  const columns = preferences.columns ?? columnsFor(width, hasRecorded);
  const dated = timeline !== undefined && timeline.to - timeline.from > A_DAY;
  const widths = useMemo(
    () => (dated ? { time: DATED_WIDTH, ...preferences.widths } : preferences.widths),
    [dated, preferences.widths],
  );
  return {
    columns,
    widths,
    dated,
    zone: preferences.zone,
    template: templateOf(columns, widths),
    leastWidth: preferences.columns === undefined ? 0 : leastWidthOf(columns, widths),
  };
}

interface OpenedCellMenu {
  readonly x: number;
  readonly y: number;
  readonly index: number;
  readonly column: ColumnId;
}

/** A click makes a cell active, or opens a group; the menu of a cell opens by the mouse, or by the menu key at the active cell. */
function useCellMouse(model: TraceModel['model'], active: ReturnType<typeof useActiveCell>) {
  const [menu, setMenu] = useState<OpenedCellMenu>();

  function onClick(event: MouseEvent) {
    const { row, column } = cellOf(event.target);
    const entry = row === undefined ? undefined : model.rowAt(row);
    if (entry === undefined || row === undefined) return;
    if (entry.kind === 'group') active.toggle(entry.key, !entry.open);
    else {
      if (column !== undefined) active.setColumn(column);
      active.goTo(row);
    }
  }

  function onContextMenu(event: MouseEvent) {
    const { row, column } = cellOf(event.target);
    const entry = model.rowAt(row ?? active.row);
    if (entry?.kind !== 'call') return;
    event.preventDefault();
    const box = row === undefined ? boxOf(active.row, active.column) : undefined;
    if (column !== undefined) active.setColumn(column);
    if (row !== undefined) active.goTo(row);
    setMenu({
      x: box?.left ?? event.clientX,
      y: box?.bottom ?? event.clientY,
      index: entry.index,
      column: column ?? active.column,
    });
  }
  return { menu, closeMenu: () => setMenu(undefined), onClick, onContextMenu };
}

const boxOf = (row: number, column: ColumnId): DOMRect | undefined =>
  document.getElementById(`call-${row}`)?.querySelector(`[data-column="${column}"]`)?.getBoundingClientRect();

function cellOf(target: EventTarget): { row: number | undefined; column: ColumnId | undefined } {
  const element = target instanceof Element ? target : undefined;
  const row = element?.closest<HTMLElement>('[data-row]')?.dataset.row;
  const column = element?.closest<HTMLElement>('[data-column]')?.dataset.column;
  return { row: row === undefined ? undefined : Number(row), column: column as ColumnId | undefined };
}
