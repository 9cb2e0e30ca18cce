'use client';
import { clsx } from 'clsx';
import { memo } from 'react';
import type { DecisionEffect } from '@/lib/engine';
import { DECISION_MARKS } from '../ui/effect-mark';

interface AccessCellProps {
  row: number;
  column: number;
  effect: DecisionEffect;
  /** Whether the gateway’s own screen says conditional, as it decides no condition before a call. */
  moreKnown: boolean;
  /** Label of the cell: subject and tool. */
  of: string;
  chosen: boolean;
  /** Whether Tab stops at the cell. */
  stop: boolean;
  onFocus(row: number, column: number): void;
  onChoose(row: number, column: number): void;
}

const MORE_KNOWN = 'known despite a condition';

/** Marks what a gateway shows as conditional, and is known here. */
export const MoreKnownMark = ({ className }: { className?: string }) => (
  <span aria-hidden className={clsx('inline-block size-1.5 rounded-full bg-accent', className)} />
);

/** Effective access to one tool: an icon with its word. */
export const AccessCell = memo(function AccessCell(props: AccessCellProps) {
  const { row, column, effect, moreKnown, of, chosen, stop, onFocus, onChoose } = props;
  const { word, icon: Icon, text, soft } = DECISION_MARKS[effect];
  return (
    <td role="gridcell" aria-colindex={column + 2} className="border-b border-line p-0.5 text-center">
      <button
        type="button"
        data-cell={`${row} ${column}`}
        data-effect={effect}
        data-more-known={moreKnown || undefined}
        tabIndex={stop ? 0 : -1}
        aria-pressed={chosen}
        aria-label={`${word}${moreKnown ? `, ${MORE_KNOWN}` : ''}: ${of}`}
        title={moreKnown ? `${word}, ${MORE_KNOWN}` : word}
        onFocus={() => onFocus(row, column)}
        onClick={() => onChoose(row, column)}
        className={clsx(
          'relative inline-flex size-7 items-center justify-center rounded pointer-coarse:size-11',
          text,
          soft,
          chosen && 'outline-2 outline-accent',
        )}
      >
        <Icon size={14} strokeWidth={2.5} aria-hidden />
        {moreKnown ? <MoreKnownMark className="absolute top-0.5 right-0.5" /> : null}
      </button>
    </td>
  );
});
