import type { ReactNode } from 'react';
import type { DecisionEffect } from '@/lib/engine';
import type { AccessAnswer } from '@/lib/worker';
import { DECISION_MARKS } from '../ui/effect-mark';
import { number } from '../ui/words';
import { MoreKnownMark } from './access-cell';
import type { AccessFilter } from './access-rows';

const EFFECTS: readonly DecisionEffect[] = ['allow', 'deny', 'conditional'];

interface AccessFiltersProps {
  /** Undefined while it is computed. */
  readonly access: AccessAnswer | undefined;
  readonly filter: AccessFilter;
  /** Number of cells that are known despite a condition. */
  readonly marked: number;
  onFilter(change: Partial<AccessFilter>): void;
  /** Shown behind the buttons. */
  readonly children: ReactNode;
}

/** Filters the tools of the matrix by what their cells say. */
export function AccessFilters({ access, filter, marked, onFilter, children }: AccessFiltersProps) {
  const { effect, onlyMarked } = filter;
  return (
    <div className="flex flex-wrap items-center gap-1.5" role="group" aria-label="Only tools with such a cell">
      {EFFECTS.map((one) => {
        const { word, icon: Icon, text: colour, soft } = DECISION_MARKS[one];
        return (
          <button
            key={one}
            type="button"
            aria-pressed={effect === one}
            onClick={() => onFilter({ effect: effect === one ? undefined : one })}
            className={`inline-flex h-7 items-center gap-1 rounded-md border px-2 text-xs font-medium pointer-coarse:h-11 ${colour} ${effect === one ? `${soft} border-current` : 'border-line'}`}
          >
            <Icon size={12} strokeWidth={2.5} aria-hidden />
            {word}
            <span className="tabular-nums">{access === undefined ? '' : number(access.counts[one])}</span>
          </button>
        );
      })}
      {marked === 0 && !onlyMarked ? null : (
        <button
          type="button"
          aria-pressed={onlyMarked}
          onClick={() => onFilter({ onlyMarked: !onlyMarked })}
          className={`inline-flex h-7 items-center gap-1.5 rounded-md border px-2 text-xs font-medium pointer-coarse:h-11 ${onlyMarked ? 'border-current bg-sunken' : 'border-line'}`}
        >
          <MoreKnownMark />
          Known despite a condition
          <span className="tabular-nums">{number(marked)}</span>
        </button>
      )}
      {children}
    </div>
  );
}
