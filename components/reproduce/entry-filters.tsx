'use client';
import { CAUSE_TITLES, RECORDED_WORDS } from '@/lib/wording';
import type { ReproducedEntries } from '@/lib/worker';
import { FilterButton } from '../ui/filter-button';
import { capital, number } from '../ui/words';
import { causeCounts, verdictCounts, type EntryFilter } from './entry-filter';

const VERDICT_TITLES = { ...RECORDED_WORDS, differs: 'to look at', all: 'all' } as const satisfies Record<
  EntryFilter['verdict'],
  string
>;
const FILTER_TITLES = { ...CAUSE_TITLES, none: 'No cause found', any: 'Any cause' } as const satisfies Record<
  EntryFilter['cause'],
  string
>;

interface EntryFiltersProps {
  entries: ReproducedEntries;
  filter: EntryFilter;
  onFilter(filter: EntryFilter): void;
}

/** How many entries have each verdict and, of divergences, each cause; pressed, they choose what is listed. */
export function EntryFilters({ entries, filter, onFilter }: EntryFiltersProps) {
  const causes = causeCounts(entries);
  const diverged = entries.counts.diverged;
  return (
    <div className="space-y-2">
      <div role="group" aria-label="Entries by verdict" className="flex flex-wrap gap-1.5">
        {verdictCounts(entries).map(([verdict, count]) => (
          <FilterButton
            key={verdict}
            pressed={filter.verdict === verdict && filter.cause === 'any'}
            count={count}
            onClick={() => onFilter({ verdict, cause: 'any' })}
          >
            {capital(VERDICT_TITLES[verdict])}
          </FilterButton>
        ))}
      </div>
      {causes.length === 0 ? null : (
        <div role="group" aria-label="Divergences by cause" className="flex flex-wrap gap-1.5">
          {causes.map(([cause, count]) => (
            <FilterButton
              key={cause}
              pressed={filter.cause === cause}
              count={count}
              onClick={() =>
                onFilter(
                  filter.cause === cause ? { verdict: 'diverged', cause: 'any' } : { verdict: 'diverged', cause },
                )
              }
            >
              {FILTER_TITLES[cause]}
            </FilterButton>
          ))}
        </div>
      )}
      {entries.further === 0 || diverged === 0 ? null : (
        <p className="text-xs text-ink-2">
          {number(entries.further)} more entries differ: their causes are looked for when they are chosen.
        </p>
      )}
    </div>
  );
}
