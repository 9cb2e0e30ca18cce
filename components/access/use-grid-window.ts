'use client';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useState, type RefObject } from 'react';

/** Indexes of rows and columns, each up to the second one, which is not part of it. */
export interface GridWindow {
  readonly rows: readonly [from: number, to: number];
  readonly columns: readonly [from: number, to: number];
}

/** In pixels. `head` and `side` are the heads of columns and of rows, which stay in place while the rest is scrolled. */
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

/** As the classes of the cells say, until the first of them are measured. */
const SIZES: GridSizes = { row: 41, column: 112, head: 29, side: 192 };
/** A grid of so many cells is drawn whole; of a larger one only the visible part, in columns of one width. */
const MOST_DRAWN_WHOLE = 1_000;
/** Rows and columns that are drawn beyond each edge of the visible part. */
const BEYOND = 6;
/** The visible part before it is measured. */
const FIRST_RECT = { width: 1_200, height: 480 };

/** The part of a large grid that is drawn: what is visible of the scrolling element, and a little more. */
export function useGridWindow(scroller: RefObject<HTMLElement | null>, counts: GridCounts) {
  const whole = counts.rows * counts.columns <= MOST_DRAWN_WHOLE;
  const sizes = useGridSizes(scroller);
  const shared = {
    enabled: !whole,
    getScrollElement: () => scroller.current,
    overscan: BEYOND,
    initialRect: FIRST_RECT,
    useFlushSync: false,
  };
  const rows = useVirtualizer<HTMLElement, Element>({
    ...shared,
    count: counts.rows,
    estimateSize: () => sizes.row,
    scrollMargin: sizes.head,
    scrollPaddingStart: sizes.head,
  });
  const columns = useVirtualizer<HTMLElement, Element>({
    ...shared,
    horizontal: true,
    count: counts.columns,
    estimateSize: () => sizes.column,
    scrollMargin: sizes.side,
    scrollPaddingStart: sizes.side,
  });
  useLayoutEffect(() => {
    rows.measure();
    columns.measure();
  }, [sizes, rows, columns]);

  const drawn: GridWindow = whole
    ? { rows: [0, counts.rows], columns: [0, counts.columns] }
    : { rows: rangeOf(rows), columns: rangeOf(columns) };
  /** Scrolls as little as is needed for the cell to be visible. */
  function showCell(row: number, column: number): void {
    if (whole) return;
    rows.scrollToIndex(row);
    columns.scrollToIndex(column);
  }
  return { whole, drawn, sizes, showCell };
}

function rangeOf(virtualizer: Virtualizer<HTMLElement, Element>): readonly [from: number, to: number] {
  const items = virtualizer.getVirtualItems();
  return [items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1];
}

/** The sizes as they are drawn: they differ with the width of the screen and the size of text. */
function useGridSizes(scroller: RefObject<HTMLElement | null>): GridSizes {
  const [sizes, setSizes] = useState(SIZES);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setSizes((last) => measuredSizes(element, last)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return sizes;
}

/** The same object as long as the sizes are the same. */
function measuredSizes(scroller: HTMLElement, last: GridSizes): GridSizes {
  const row = scroller.querySelector('[data-row]');
  const corner = scroller.querySelector('[data-corner]')?.getBoundingClientRect();
  const column = scroller.querySelector('[data-column]');
  if (row === null || column === null || corner === undefined || corner.height === 0) return last;
  const now: GridSizes = {
    row: row.getBoundingClientRect().height,
    column: column.getBoundingClientRect().width,
    head: corner.height,
    side: corner.width,
  };
  return (Object.keys(now) as (keyof GridSizes)[]).every((key) => now[key] === last[key]) ? last : now;
}
