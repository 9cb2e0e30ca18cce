'use client';
import type { ReactNode, RefCallback } from 'react';
import { partOf } from './part';

/** A list of so many rows is drawn whole, and the library that draws parts of longer ones is not loaded. */
const MOST_DRAWN_WHOLE = 40;
/** Rows that are drawn until the library is loaded. */
const FIRST_ROWS = 12;

// Not in the scripts of the first screen: few policies are so long.
const WindowedRows = partOf(() => import('./windowed-rows').then((module) => module.WindowedRows), {
  waiting: ({ keys, children }: VirtualRowsProps) =>
    keys.slice(0, FIRST_ROWS).map((_, index) => children(index, undefined)),
});

/** What a row of a list of which only a part is drawn has on its element: how it is measured, and where it is in the whole list. */
export interface RowPlace {
  readonly ref: RefCallback<HTMLElement>;
  readonly 'data-index': number;
  readonly 'aria-posinset'?: number;
  readonly 'aria-setsize'?: number;
  readonly 'aria-rowindex'?: number;
}

export interface VirtualRowsProps {
  /** One for each row, all different. */
  keys: readonly string[];
  /** Pixels that a row takes, as far as is known before it is drawn. */
  rowHeight(index: number): number;
  /** Pixels between two rows. */
  space?: number;
  /** What a row is: an item of a list, or a row of a table under one row of heads. */
  as?: 'li' | 'tr';
  /** Draws a row with its key; `place`, where there is one, belongs on its element. */
  children(index: number, place: RowPlace | undefined): ReactNode;
}

/**
 * The rows of a list or table, without the element around them. Of a long list only the rows near the visible part are drawn, and the one
 * in use. An element around it that scrolls must have the attribute `data-scrolls`.
 */
export function VirtualRows(props: VirtualRowsProps) {
  if (isDrawnWhole(props.keys.length)) return props.keys.map((_, index) => props.children(index, undefined));
  return <WindowedRows {...props} />;
}

export const isDrawnWhole = (rows: number): boolean => rows <= MOST_DRAWN_WHOLE;
