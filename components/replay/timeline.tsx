'use client';
import { X } from 'lucide-react';
import { memo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Timeline as Counts } from '@/lib/trace';
import { IconButton } from '../ui/button';
import { minuteTime, zoneName, type TimeZone } from '../ui/time';
import { number } from '../ui/words';

interface TimelineProps {
  timeline: Counts;
  /** The span that the table shows; undefined: all. */
  chosen: readonly [from: number, to: number] | undefined;
  zone: TimeZone;
  /** Whether the counts are not yet those of the policy and the filter that are shown. */
  faded: boolean;
  onChoose(span: readonly [from: number, to: number] | undefined): void;
}

const HEIGHT = 28;

/**
 * Decisions over time, a bar for each span: allowed below, conditional above it, denied on top. Dragging over bars, or Enter on one, shows
 * the calls of that time only.
 */
export const Timeline = memo(function Timeline({ timeline, chosen, zone, faded, onChoose }: TimelineProps) {
  const { from, to, counts, untimed } = timeline;
  const spans = counts.length / 3;
  const width = (to - from) / spans;
  const timeAt = (span: number) => from + span * width;
  const { cursor, selected, ...handlers } = useSpanSelection(spans, chosen !== undefined, (range) =>
    onChoose(range && [timeAt(range[0]), timeAt(range[1])]),
  );
  const marked = selected ?? (chosen && [(chosen[0] - from) / width, (Math.min(chosen[1], to) - from) / width]);
  const [allow, deny, conditional] = threeOf(counts, cursor);
  const words = `${minuteTime(timeAt(cursor), zone)} to ${minuteTime(timeAt(cursor + 1), zone).slice(11)} ${zoneName(zone, from)}: ${allow} allowed, ${deny} denied, ${conditional} conditional`;

  return (
    <div className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <div
          role="slider"
          tabIndex={0}
          aria-label="Decisions over time: arrows go from span to span, with Shift over several; Enter shows their calls only, Escape all"
          aria-valuemin={0}
          aria-valuemax={spans - 1}
          aria-valuenow={cursor}
          aria-valuetext={words}
          title={words}
          {...handlers}
          className={`touch-pan-y rounded-sm ${faded ? 'opacity-50' : ''}`}
        >
          <Bars counts={counts} marked={marked} cursor={cursor} />
        </div>
        <div className="flex justify-between text-[0.6875rem] text-ink-2 tabular-nums">
          <span>{minuteTime(from, zone)}</span>
          <span className="truncate px-2">{untimed > 0 ? `${number(untimed)} without a time` : null}</span>
          <span>
            {minuteTime(to, zone)} {zoneName(zone, to)}
          </span>
        </div>
      </div>
      {chosen === undefined ? null : (
        <IconButton label="Show all times" onClick={() => onChoose(undefined)}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
});

/** Spans, from the first up to but without the last. */
type SpanRange = readonly [first: number, end: number];

/** Selects a range of spans by dragging or by keys; `selected` is the range while that goes on. */
function useSpanSelection(spans: number, isChosen: boolean, onChoose: (range: SpanRange | undefined) => void) {
  const [cursor, setCursor] = useState(0);
  /** Where a drag, or a selection with Shift, began. */
  const [anchor, setAnchor] = useState<number>();
  const rangeOf = (a: number, b: number): SpanRange => [Math.min(a, b), Math.max(a, b) + 1];
  const spanAt = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(spans - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * spans)));
  };

  function onKeyDown(event: KeyboardEvent) {
    const to = { ArrowLeft: cursor - 1, ArrowRight: cursor + 1, Home: 0, End: spans - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setAnchor(event.shiftKey ? (anchor ?? cursor) : undefined);
      setCursor(Math.min(spans - 1, Math.max(0, to)));
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onChoose(rangeOf(anchor ?? cursor, cursor));
      setAnchor(undefined);
    } else if (event.key === 'Escape' && (isChosen || anchor !== undefined)) {
      event.preventDefault();
      event.stopPropagation();
      setAnchor(undefined);
      onChoose(undefined);
    }
  }

  return {
    cursor,
    selected: anchor === undefined ? undefined : rangeOf(anchor, cursor),
    onKeyDown,
    onPointerDown(event: PointerEvent) {
      event.currentTarget.setPointerCapture(event.pointerId);
      setAnchor(spanAt(event));
      setCursor(spanAt(event));
    },
    onPointerMove: (event: PointerEvent) => setCursor(spanAt(event)),
    onPointerUp(event: PointerEvent) {
      if (anchor !== undefined) onChoose(rangeOf(anchor, spanAt(event)));
      setAnchor(undefined);
    },
    onPointerCancel: () => setAnchor(undefined),
  };
}

interface BarsProps {
  counts: Uint32Array;
  /** The part that is selected or shown. */
  marked: SpanRange | undefined;
  cursor: number;
}

function Bars({ counts, marked, cursor }: BarsProps) {
  const spans = counts.length / 3;
  const most = Math.max(1, ...Array.from({ length: spans }, (_, i) => sum(counts, i)));
  return (
    <svg viewBox={`0 0 ${spans} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden className="block h-7 w-full">
      {marked === undefined ? null : (
        <rect
          x={marked[0]}
          width={Math.max(0.3, marked[1] - marked[0])}
          y={0}
          height={HEIGHT}
          className="fill-accent-soft"
        />
      )}
      <path d={bars(counts, most, 0)} className="fill-allow" />
      <path d={bars(counts, most, 2)} className="fill-gated" />
      <path d={bars(counts, most, 1)} className="fill-deny" />
      <rect x={cursor} width={1} y={HEIGHT - 1} height={1} className="fill-ink" />
    </svg>
  );
}

function threeOf(counts: Uint32Array, span: number): readonly [allow: number, deny: number, conditional: number] {
  return [counts[span * 3] ?? 0, counts[span * 3 + 1] ?? 0, counts[span * 3 + 2] ?? 0];
}

const sum = (counts: Uint32Array, span: number): number => threeOf(counts, span).reduce((a, b) => a + b, 0);

/** The segments of one decision in all bars, as one path. A segment that is not empty has a minimum height. */
function bars(counts: Uint32Array, most: number, effect: 0 | 1 | 2): string {
  let path = '';
  for (let span = 0; span < counts.length / 3; span++) {
    const [allow, deny, conditional] = threeOf(counts, span);
    const n = [allow, deny, conditional][effect] ?? 0;
    if (n === 0) continue;
    const below = effect === 0 ? 0 : effect === 2 ? allow : allow + conditional;
    const scale = HEIGHT / most;
    const height = Math.max(1.5, n * scale);
    path += `M${span + 0.1} ${Math.max(0, HEIGHT - below * scale - height)}h0.8v${height}h-0.8z`;
  }
  return path;
}
