'use client';
import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { judgedCalls, type CallFilter, type FactWanted } from '@/lib/trace';
import type { Replayed } from '@/lib/worker';
import { RECORDED_SHORT } from '@/lib/wording';
import { factWords } from './cell-filter';
import { FILTER_CHIP, FilterButton } from '../ui/filter-button';
import { capital, counted, number } from '../ui/words';

/** Sets or removes one member of a filter. */
export function changed<K extends keyof CallFilter>(
  filter: CallFilter,
  key: K,
  value: CallFilter[K] | undefined,
): CallFilter {
  const rest = { ...filter };
  delete rest[key];
  return value === undefined ? rest : { ...rest, [key]: value };
}

interface RecordedRowProps {
  results: Replayed;
  /** Calls of the trace. */
  total: number;
  filter: CallFilter;
  onFilter(filter: CallFilter): void;
}

/** How the decisions compare with the recorded ones, and how many calls could be compared. */
export function RecordedRow({ results, total, filter, onFilter }: RecordedRowProps) {
  const { recordedTally } = results;
  const { reproduced, byOtherRule, diverged, notReproducible } = recordedTally;
  const verdicts = [
    { verdict: 'reproduced', count: reproduced - byOtherRule },
    { verdict: 'other-rule', count: byOtherRule },
    { verdict: 'diverged', count: diverged },
    { verdict: 'not-reproducible', count: notReproducible },
  ] as const;
  const unrecorded = total - recordedTally.total;
  return (
    <div className="flex flex-wrap items-center gap-1.5" role="group" aria-label="Show by recorded decision">
      <span className="mr-1 text-xs text-ink-2 tabular-nums">
        Judged {number(judgedCalls(recordedTally))} of {counted(recordedTally.total, 'recorded decision')};{' '}
        {number(diverged)} diverged
        {unrecorded === 0 ? '' : `; ${counted(unrecorded, 'call has', 'calls have')} no record`}
      </span>
      {verdicts.map(({ verdict, count }) =>
        count === 0 && filter.recorded !== verdict ? null : (
          <FilterButton
            key={verdict}
            pressed={filter.recorded === verdict}
            count={count}
            {...(verdict === 'diverged' ? { text: 'text-deny' } : {})}
            onClick={() => onFilter(changed(filter, 'recorded', filter.recorded === verdict ? undefined : verdict))}
          >
            {capital(RECORDED_SHORT[verdict])}
          </FilterButton>
        ),
      )}
    </div>
  );
}

const FACTS = ['agent', 'instance', 'user', 'resource', 'tool'] as const;

/** Parts of the filter that no field above shows; each can be removed. */
export function OtherFilters({ filter, onFilter }: { filter: CallFilter; onFilter(filter: CallFilter): void }) {
  const facts = FACTS.flatMap((key) => {
    const wanted: FactWanted | undefined = filter[key];
    const elsewhere = key !== 'instance' && typeof wanted === 'string';
    return wanted === undefined || elsewhere ? [] : [{ key, words: `${key} ${factWords(wanted)}` } as const];
  });
  const shown: readonly { readonly key: keyof CallFilter; readonly words: string }[] =
    filter.recorded === 'none' ? [...facts, { key: 'recorded', words: 'without a recorded decision' }] : facts;
  if (shown.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-1.5">
      {shown.map(({ key, words }) => (
        <button
          key={key}
          type="button"
          onClick={() => onFilter(changed(filter, key, undefined))}
          className={clsx(FILTER_CHIP, 'max-w-full border-accent text-ink')}
        >
          <span className="truncate">Only {words}</span>
          <X size={12} aria-hidden className="shrink-0" />
          <span className="sr-only">: take it out of the filter</span>
        </button>
      ))}
    </div>
  );
}
