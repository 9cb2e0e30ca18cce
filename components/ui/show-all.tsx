'use client';
import { useState, type ComponentProps } from 'react';
import { Button } from './button';
import { number } from './words';

interface FirstShown {
  /** So many are shown. */
  readonly shown: number;
  readonly of: number;
  readonly showAll: () => void;
}

/** How many of a long list are shown: the first ones, until the reader asks for all by `ShowAll`. */
export function useFirstShown(of: number, atFirst: number): FirstShown {
  const [all, setAll] = useState(false);
  return { shown: all ? of : Math.min(of, atFirst), of, showAll: () => setAll(true) };
}

interface ShowAllProps extends Omit<ComponentProps<typeof Button>, 'children' | 'onClick'> {
  list: FirstShown;
  /** What the list is of, such as `changes`. */
  what?: string;
}

/** Below the first ones of a list, where there are more. */
export const ShowAll = ({ list: { shown, of, showAll }, what = '', look = 'plain', ...rest }: ShowAllProps) =>
  shown < of ? (
    <Button look={look} {...rest} onClick={showAll}>
      {`Show all ${number(of)} ${what}`.trimEnd()}
    </Button>
  ) : null;
