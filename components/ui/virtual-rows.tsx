'use client';
import { partOf } from './part';
import type { VirtualRowsProps } from './row-place';

/** A list of so many rows is drawn whole, and the library that draws parts of longer ones is not loaded. */
const MOST_DRAWN_WHOLE = 40;
/** Rows that are drawn until the library is loaded. */
const FIRST_ROWS = 12;

// Not in the scripts of the first screen: few policies are so long.
const WindowedRows = partOf(() => import('./windowed-rows').then((module) => module.WindowedRows), {
  waiting: ({ keys, children }: VirtualRowsProps) =>
    keys.slice(0, FIRST_ROWS).map((_, index) => children(index, undefined)),
});

/**
 * The rows of a list or table, without the element around them. Of a long list only the rows near the visible part are drawn, and the one
 * in use. An element around it that scrolls must have the attribute `data-scrolls`.
 */
export function VirtualRows(props: VirtualRowsProps) {
  if (props.keys.length <= MOST_DRAWN_WHOLE) return props.keys.map((_, index) => props.children(index, undefined));
  return <WindowedRows {...props} />;
}
