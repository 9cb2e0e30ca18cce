'use client';
import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { TraceOrder } from '@/lib/trace';
import { zoneName, type TimeZone } from '../ui/time';
import { COLUMNS, type ColumnId } from './columns';
import { setColumnWidth } from './table-preferences';

export const HEAD_HEIGHT = 27;
const SIZE_STEP = 16;

interface TraceHeadProps {
  columns: readonly ColumnId[];
  widths: Partial<Record<ColumnId, number>>;
  template: string;
  order: TraceOrder | undefined;
  zone: TimeZone;
  /** A time in the trace: the offset of the local zone depends on the season. */
  moment: number;
  onOrder(order: TraceOrder | undefined): void;
}

/** The column heads: pressing one sorts ascending, descending, then not; dragging its edge, or Alt with an arrow, resizes it. */
export const TraceHead = memo(function TraceHead({
  columns,
  widths,
  template,
  order,
  zone,
  moment,
  onOrder,
}: TraceHeadProps) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10 bg-paper">
      <div
        role="row"
        aria-rowindex={1}
        style={{ gridTemplateColumns: template, height: HEAD_HEIGHT }}
        className="grid items-center gap-x-3 border-b border-line px-3 text-xs text-ink-2"
      >
        {columns.map((id) => (
          <HeadCell
            key={id}
            id={id}
            name={
              id === 'time' ? `Time (${zoneName(zone, moment)}${zone === 'local' ? ', local' : ''})` : COLUMNS[id].name
            }
            width={widths[id]}
            direction={order?.by === id ? (order.descending ? 'descending' : 'ascending') : undefined}
            onPress={() =>
              onOrder(
                order?.by !== id
                  ? { by: id, descending: false }
                  : order.descending
                    ? undefined
                    : { by: id, descending: true },
              )
            }
          />
        ))}
      </div>
    </div>
  );
});

interface HeadCellProps {
  id: ColumnId;
  name: string;
  width: number | undefined;
  direction: 'ascending' | 'descending' | undefined;
  onPress(): void;
}

function HeadCell({ id, name, width, direction, onPress }: HeadCellProps) {
  const cell = useRef<HTMLDivElement>(null);
  const dragged = useRef<{ readonly from: number; readonly width: number }>(undefined);
  const widthNow = () => width ?? cell.current?.offsetWidth ?? COLUMNS[id].width;

  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    event.stopPropagation();
    setColumnWidth(id, widthNow() + (event.key === 'ArrowRight' ? SIZE_STEP : -SIZE_STEP));
  }

  function onPointerDown(event: PointerEvent) {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    dragged.current = { from: event.clientX, width: cell.current?.offsetWidth ?? widthNow() };
  }

  const Arrow = direction === 'descending' ? ArrowDown : ArrowUp;
  return (
    <div ref={cell} role="columnheader" aria-sort={direction ?? 'none'} className="relative min-w-0">
      <button
        type="button"
        onClick={onPress}
        onKeyDown={onKeyDown}
        aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight"
        title={`Sort by ${name.toLowerCase()}. Alt with the left or right arrow makes the column narrower or wider.`}
        className="flex w-full min-w-0 items-center gap-1 rounded-sm text-left hover:text-ink"
      >
        <span className="truncate">{name}</span>
        {direction === undefined ? null : <Arrow size={11} aria-hidden className="shrink-0" />}
      </button>
      <span
        aria-hidden
        onPointerDown={onPointerDown}
        onPointerMove={(event) => {
          const start = dragged.current;
          if (start !== undefined) setColumnWidth(id, start.width + event.clientX - start.from);
        }}
        onPointerUp={() => (dragged.current = undefined)}
        onPointerCancel={() => (dragged.current = undefined)}
        className={clsx(
          'absolute -right-2.5 top-[-4px] h-[calc(100%+8px)] w-3 cursor-col-resize touch-none',
          'after:absolute after:inset-y-1.5 after:left-1.5 after:w-px after:bg-line',
        )}
      />
    </div>
  );
}
