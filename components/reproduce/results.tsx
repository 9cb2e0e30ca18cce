'use client';
import { useMemo, useState } from 'react';
import type { Bundle } from '@/lib/bundle';
import type { ReplayClient, ReproducedEntries } from '@/lib/worker';
import { ShownPolicyContext, type ShownPolicy } from '../session/shown-policy';
import { Button } from '../ui/button';
import { Field, TextInput } from '../ui/field';
import { partOf } from '../ui/part';
import { counted, number } from '../ui/words';
import { EntryDetail } from './entry-detail';
import { listedEntries, type EntryFilter } from './entry-filter';
import { EntryFilters } from './entry-filters';
import { EntryList } from './entry-list';
import { useEntrySearch } from './use-entry-search';
import type { ReproductionState } from './use-reproduction';
import type { SavedCasesState } from './use-saved-cases';

const CaseDialog = partOf(() => import('./case-dialog').then((module) => module.CaseDialog));

interface ResultsProps {
  client: ReplayClient;
  bundle: Bundle;
  found: ReproductionState;
  /** Entries of the log. */
  total: number;
  saved: SavedCasesState;
}

/** What was found: a verdict for each entry, the entries by verdict and cause, and one of them with its reasons. */
export function Results({ client, bundle, found, total, saved }: ResultsProps) {
  const { entries, failure, done } = found;
  const shown = useMemo<ShownPolicy>(
    () => ({ name: bundle.name, rules: bundle.rules, settings: bundle.settings, from: 'preview' }),
    [bundle],
  );
  if (failure !== undefined)
    return (
      <p role="alert" className="rounded-md bg-deny-soft px-3 py-2 text-sm text-deny">
        The log could not be reproduced: {failure}.
      </p>
    );
  if (entries === undefined)
    return (
      <p role="status" className="text-sm text-ink-2">
        Deciding… {number(done)} of {counted(total, 'entry', 'entries')}
      </p>
    );
  return (
    <ShownPolicyContext value={shown}>
      <FoundEntries key={entries.log} client={client} bundle={bundle} entries={entries} saved={saved} />
    </ShownPolicyContext>
  );
}

/** So many are seen at a glance. */
const FEW = 8;

interface FoundEntriesProps {
  client: ReplayClient;
  bundle: Bundle;
  entries: ReproducedEntries;
  saved: SavedCasesState;
}

function FoundEntries({ client, bundle, entries, saved }: FoundEntriesProps) {
  const isClean = entries.notable.length === 0;
  const [filter, setFilter] = useState<EntryFilter>({ verdict: isClean ? 'all' : 'differs', cause: 'any' });
  const [chosen, setChosen] = useState<number>();
  const [isReporting, setReporting] = useState(false);
  const { text, setText, narrow, isBehind } = useEntrySearch(client, entries.log);
  const listed = useMemo(() => narrow(listedEntries(entries, filter)), [entries, filter, narrow]);
  const index = chosen !== undefined && listed.includes(chosen) ? chosen : listed[0];
  return (
    <section aria-labelledby="findings" className="space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="findings" className="text-base font-semibold">
          Findings
        </h2>
        {isClean ? null : <Button onClick={() => setReporting(true)}>Report or case…</Button>}
      </div>
      <EntryFilters entries={entries} filter={filter} onFilter={setFilter} />
      {entries.verdicts.length <= FEW ? null : (
        <div className="max-w-md" aria-busy={isBehind}>
          <Field label="Find an entry by its id, a name, an argument, or the recorded rule">
            {(id) => <TextInput id={id} type="search" value={text} onChange={(event) => setText(event.target.value)} />}
          </Field>
        </div>
      )}
      {index === undefined ? (
        <p
          role="status"
          className="rounded-lg border border-dashed border-line-strong/60 px-4 py-8 text-center text-sm"
        >
          {text.trim() === '' ? 'No entry is of this kind.' : 'No entry of this kind has that in it.'}
        </p>
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
          <EntryList client={client} entries={entries} listed={listed} chosen={index} onChosen={setChosen} />
          <EntryDetail key={index} client={client} log={entries.log} policy={bundle} index={index} />
        </div>
      )}
      {isReporting ? (
        <CaseDialog
          client={client}
          bundle={bundle}
          entries={entries}
          chosen={index}
          saved={saved}
          onClose={() => setReporting(false)}
        />
      ) : null}
    </section>
  );
}
