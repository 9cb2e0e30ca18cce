import type { ReactNode, RefCallback } from 'react';

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
