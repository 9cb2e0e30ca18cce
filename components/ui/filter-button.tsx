import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { number } from './words';

/** The look of a part of a filter. */
export const FILTER_CHIP =
  'inline-flex h-6 items-center gap-1 rounded-full border px-2 text-xs font-medium pointer-coarse:h-9';

interface FilterButtonProps {
  pressed: boolean;
  /** What it lets through; undefined while it is counted. */
  count: number | undefined;
  /** Classes of its colour, and of its ground while it is pressed. */
  text?: string;
  soft?: string;
  onClick(): void;
  children: ReactNode;
}

/** A part of a filter that is switched on and off, with what it lets through. */
export function FilterButton({
  pressed,
  count,
  text = 'text-ink-2',
  soft = 'bg-sunken',
  onClick,
  children,
}: FilterButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={clsx(FILTER_CHIP, text, pressed ? `border-current ${soft}` : 'border-line hover:bg-sunken')}
    >
      {children} <span className="tabular-nums">{count === undefined ? '–' : number(count)}</span>
    </button>
  );
}
