'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { EFFECT_CODES } from '@/lib/trace';
import type { CallLine, Replayed, ReplayState } from '@/lib/worker';
import { DecisionBadge } from '../ui/effect-mark';
import { clockTime, fullTime } from '../ui/time';
import { deciderOf } from './results';

interface TraceTableProps {
  state: ReplayState;
  lineAt(index: number): CallLine | undefined;
  onSelect(index: number): void;
  /** Asked for by Enter: the explanation shall take the focus. */
  onOpen(): void;
}

const ROW_HEIGHT = 30;
const PAGE = 12;
/** The head keeps the room of the scroll bar that only the rows have, so that columns stay in line. */
const GUTTER = '[scrollbar-gutter:stable]';
const COLUMNS =
  'grid grid-cols-[minmax(0,1fr)_auto] @md:grid-cols-[4.75rem_minmax(0,6.5rem)_minmax(0,1fr)_9.5rem] @2xl:grid-cols-[4.75rem_minmax(0,6.5rem)_minmax(0,9.5rem)_minmax(0,6rem)_minmax(0,1fr)_8.5rem] items-center gap-x-3 px-3';

/** The calls of the trace, one a row; only the rows in sight are drawn. The grid itself has the focus, and names the row that is active. */
export function TraceTable({ state, lineAt, onSelect, onOpen }: TraceTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { open, visible, focus, results, stale } = state;
  const rows = visible?.length ?? open?.info.calls ?? 0;
  const indexOf = (row: number): number => (visible === undefined ? row : (visible[row] ?? 0));
  const rowOfFocus = focus === undefined ? -1 : visible === undefined ? focus : visible.indexOf(focus);
  const virtualizer = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });

  useEffect(() => {
    if (rowOfFocus >= 0) virtualizer.scrollToIndex(rowOfFocus, { align: 'auto' });
  }, [rowOfFocus, virtualizer]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      if (rowOfFocus >= 0) onOpen();
      return;
    }
    const to = rowAfterKey(event.key, rowOfFocus, rows);
    if (to === undefined) return;
    event.preventDefault();
    onSelect(indexOf(to));
  }

  return (
    <div className="@container flex min-h-0 flex-1 flex-col">
      {/* For the eye: it stands still above the rows. The grid holds the same heads for those who hear them. */}
      <div
        aria-hidden
        className={clsx(COLUMNS, GUTTER, 'shrink-0 overflow-hidden border-b border-line py-1 text-xs text-ink-2')}
      >
        {HEADS.map(({ name, shown }) => (
          <span key={name} className={shown}>
            {name}
          </span>
        ))}
      </div>
      <div
        ref={scroller}
        role="grid"
        aria-label="Calls of the trace"
        aria-rowcount={rows + 1}
        aria-colcount={HEADS.length}
        aria-activedescendant={rowOfFocus >= 0 ? `call-${rowOfFocus}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className={clsx(GUTTER, 'min-h-0 flex-1 overflow-x-hidden overflow-y-auto outline-offset-[-2px]')}
      >
        <div role="row" aria-rowindex={1} className="sr-only">
          {HEADS.map(({ name }) => (
            <span key={name} role="columnheader">
              {name}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => (
            <TraceRow
              key={item.key}
              row={item.index}
              top={item.start}
              line={lineAt(indexOf(item.index))}
              index={indexOf(item.index)}
              results={results}
              stale={stale}
              selected={item.index === rowOfFocus}
              onSelect={onSelect}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

const MIDDLE = 'hidden @md:block';
const WIDE = 'hidden @2xl:block';
const HEADS = [
  { name: 'Time (UTC)', shown: MIDDLE },
  { name: 'Agent', shown: MIDDLE },
  { name: 'User', shown: WIDE },
  { name: 'Resource', shown: WIDE },
  { name: 'Tool', shown: '' },
  { name: 'Decision', shown: '' },
];

function rowAfterKey(key: string, row: number, rows: number): number | undefined {
  const last = rows - 1;
  if (last < 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, row + 1);
    case 'ArrowUp':
      return Math.max(0, row - 1);
    case 'PageDown':
      return Math.min(last, Math.max(0, row) + PAGE);
    case 'PageUp':
      return Math.max(0, row - PAGE);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

interface TraceRowProps {
  row: number;
  top: number;
  index: number;
  line: CallLine | undefined;
  results: Replayed | undefined;
  stale: Replayed | undefined;
  selected: boolean;
  onSelect(index: number): void;
}

function TraceRow({ row, top, index, line, results, stale, selected, onSelect }: TraceRowProps) {
  const shown = results ?? stale;
  const effect = shown === undefined ? undefined : EFFECT_CODES[shown.effects[index] ?? 2];
  return (
    // The grid has the focus and takes the keys; a row only needs the mouse.
    <div
      id={`call-${row}`}
      role="row"
      aria-rowindex={row + 2}
      aria-selected={selected}
      onClick={() => onSelect(index)}
      style={{ transform: `translateY(${top}px)`, height: ROW_HEIGHT }}
      className={clsx(
        COLUMNS,
        'absolute inset-x-0 cursor-default border-b border-line/60 text-sm',
        selected ? 'bg-accent-soft' : 'hover:bg-sunken',
      )}
    >
      <Cell
        text={line === undefined ? '' : clockTime(line.time)}
        title={fullTime(line?.time)}
        className="hidden tabular-nums text-ink-2 @md:block"
      />
      <Cell text={line?.agent} className="hidden @md:block" />
      <Cell text={line?.user} className="hidden @2xl:block" />
      <Cell text={line?.resource} className="hidden @2xl:block" />
      <span role="gridcell" className="flex min-w-0 items-baseline gap-2">
        <span className="truncate font-mono text-xs">{line === undefined ? '…' : (line.tool ?? 'unknown tool')}</span>
        <span className="hidden min-w-0 flex-1 truncate font-mono text-xs text-ink-3 @lg:block">{line?.args}</span>
      </span>
      <span role="gridcell" className={clsx('flex items-center gap-1.5', results === undefined && 'opacity-50')}>
        {effect === undefined || shown === undefined ? (
          <span className="text-xs text-ink-2">deciding…</span>
        ) : (
          <>
            <DecisionBadge effect={effect} />
            <span className="text-xs text-ink-2 tabular-nums" title={deciderOf(shown, index).words}>
              <span aria-hidden>{deciderOf(shown, index).short}</span>
              <span className="sr-only">{deciderOf(shown, index).words}</span>
            </span>
            {(shown.hazards[index] ?? 0) > 0 ? (
              <span title="This decision has a hazard: see its explanation" className="text-gated">
                <TriangleAlert size={12} aria-hidden />
                <span className="sr-only">has a hazard</span>
              </span>
            ) : null}
          </>
        )}
      </span>
    </div>
  );
}

/** Unknown and absent are told apart: `?` is not known, `–` is known not to be there. */
function Cell({
  text,
  title,
  className,
}: {
  text: string | null | undefined;
  title?: string | undefined;
  className: string;
}) {
  return (
    <span role="gridcell" title={title ?? text ?? undefined} className={clsx('truncate', className)}>
      {text === undefined ? (
        <span className="text-ink-3">?</span>
      ) : text === null ? (
        <span className="text-ink-3">–</span>
      ) : (
        text
      )}
    </span>
  );
}
