'use client';
import { useCallback, useState, type RefObject } from 'react';

/** Ranges of row and column indices; the end is exclusive. */
export interface GridWindow {
  readonly rows: readonly [from: number, to: number];
  readonly columns: readonly [from: number, to: number];
}

/** In pixels. `head` and `side` are the sticky parts at the top and at the left. */
export interface GridSizes {
  readonly row: number;
  readonly column: number;
  readonly head: number;
  readonly side: number;
}

interface GridCounts {
  readonly rows: number;
  readonly columns: number;
}

/** Rows and columns rendered beyond each edge, so that scrolling shows no gaps. */
const BEYOND = 6;
const FIRST: GridWindow = { rows: [0, 20], columns: [0, 16] };

/** The part of a large table to render: what the scrolling element shows, and a margin. */
export function usePartInSight(scrolls: RefObject<HTMLElement | null>, sizes: GridSizes, counts: GridCounts) {
  const [asked, setPart] = useState(FIRST);
  const look = useCallback(() => {
    const element = scrolls.current;
    if (element === null) return;
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = element;
    const rows = span(scrollTop, clientHeight - sizes.head, sizes.row);
    const columns = span(scrollLeft, clientWidth - sizes.side, sizes.column);
    setPart((last) => (same(last.rows, rows) && same(last.columns, columns) ? last : { rows, columns }));
  }, [scrolls, sizes]);
  const part: GridWindow = { rows: within(asked.rows, counts.rows), columns: within(asked.columns, counts.columns) };

  /** Scrolls the cell into view and renders it. */
  function bringInSight(row: number, column: number): void {
    const element = scrolls.current;
    if (element === null) return;
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = element;
    element.scrollTo({
      top: reaching(scrollTop, row * sizes.row, sizes.row, clientHeight - sizes.head),
      left: reaching(scrollLeft, column * sizes.column, sizes.column, clientWidth - sizes.side),
    });
    look();
  }
  return { part, look, bringInSight };
}

const span = (scrolled: number, room: number, size: number): readonly [number, number] => [
  Math.max(0, Math.floor(scrolled / size) - BEYOND),
  Math.ceil((scrolled + Math.max(0, room)) / size) + BEYOND,
];

const same = (a: readonly [number, number], b: readonly [number, number]): boolean => a[0] === b[0] && a[1] === b[1];

const within = ([from, to]: readonly [number, number], count: number): readonly [number, number] => [
  Math.min(from, count),
  Math.min(to, count),
];

/** The scroll offset that shows what begins at `start` in a viewport of that size, with the least movement. */
function reaching(scrolled: number, start: number, size: number, room: number): number {
  if (start < scrolled) return start;
  return Math.max(scrolled, start + size - room);
}
