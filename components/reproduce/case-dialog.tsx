'use client';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Bundle } from '@/lib/bundle';
import type { ReplayClient, ReproducedEntries } from '@/lib/worker';
import { LinkView } from '../share/link-view';
import { SharedValues } from '../share/shared-values';
import type { ValueChoice } from '../share/use-shared-bundle';
import { Dialog } from '../ui/dialog';
import { Field, TextArea, TextInput } from '../ui/field';
import { Segmented } from '../ui/segmented';
import { counted } from '../ui/words';
import { CaseActions } from './case-actions';
import { caseOf, reportOf, type ReportScope } from './case-forms';
import type { SavedCasesState } from './use-saved-cases';
import { useSharedResults, type SharedResults } from './use-shared-results';

interface CaseDialogProps {
  client: ReplayClient;
  bundle: Bundle;
  entries: ReproducedEntries;
  /** Place of the chosen entry in the log. */
  chosen: number | undefined;
  saved: SavedCasesState;
  onClose(): void;
}

/**
 * What was found, to take along: a report for a ticket, and a case that can be opened again, as a file, as a link, or saved here. Values of
 * people are replaced unless the user wants them as they are.
 */
export function CaseDialog({ client, bundle, entries, chosen, saved, onClose }: CaseDialogProps) {
  const canChoose = chosen !== undefined && entries.notable.some(({ index }) => index === chosen);
  const [scope, setScope] = useState<ReportScope>('all');
  const [name, setName] = useState(bundle.name);
  const [notes, setNotes] = useState(bundle.notes ?? '');
  const [choice, setChoice] = useState<ValueChoice>({
    values: 'replaced',
    keep: new Set(),
  });
  const settled = useDeferredValue(notes);
  const indices = useMemo(
    () => (scope === 'chosen' && chosen !== undefined ? [chosen] : entries.notable.map(({ index }) => index)),
    [scope, chosen, entries],
  );
  const shared = useSharedResults(client, bundle, entries, { indices, notes: settled, ...choice });
  const ready = settled === notes ? shared.ready : undefined;
  const report = ready === undefined ? undefined : reportOf(ready, entries, scope);
  const made = useMemo(() => (ready === undefined ? undefined : caseOf(ready, name)), [ready, name]);
  return (
    <Dialog
      title="Report or case"
      description="What was found: as Markdown for a ticket, or as a case that opens on this page again. Nothing goes anywhere by itself."
      onClose={onClose}
      footer={<CaseActions name={name} report={report} made={made} saved={saved} />}
    >
      <div className="space-y-4 text-sm">
        {canChoose && entries.notable.length > 1 ? (
          <Segmented<ReportScope>
            label="Entries"
            value={scope}
            options={[
              { value: 'all', label: `all ${counted(entries.notable.length, 'that differs', 'that differ')}` },
              { value: 'chosen', label: 'the chosen one' },
            ]}
            onValue={setScope}
          />
        ) : null}
        <Field label="Name of the case">
          {(id) => <TextInput id={id} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label="Notes">
          {(id) => <TextArea id={id} rows={3} value={notes} onChange={(event) => setNotes(event.target.value)} />}
        </Field>
        <SharedValues
          bundle={shared.bundle}
          redaction={shared.redaction}
          choice={choice}
          onChoice={(part) => setChoice((now) => ({ ...now, ...part }))}
        />
        {choice.values === 'replaced' ? (
          <p className="text-xs text-ink-2">
            Those who changed the policy are replaced as well. The rules stay as they are, also the earlier ones.
          </p>
        ) : null}
        <ResultsProof shared={shared} />
        <CaseNotes made={made} saved={saved} />
      </div>
    </Dialog>
  );
}

interface CaseNotesProps {
  /** Undefined until it is made. */
  made: ReturnType<typeof caseOf> | undefined;
  saved: SavedCasesState;
}

/** Its link, and why there is none, or why it cannot be stored here. */
const CaseNotes = ({ made, saved }: CaseNotesProps) => (
  <>
    {made?.link === undefined ? null : <LinkView link={made.link} />}
    {made?.problem === undefined ? null : (
      <p role="status" className="text-xs text-ink-2">
        This cannot be put into a link: {made.problem}. A file can hold it.
      </p>
    )}
    {saved.isShown && saved.problem !== undefined ? (
      <p role="alert" className="text-gated">
        This browser does not store cases ({saved.problem}): download the case instead.
      </p>
    ) : null}
  </>
);

/** Whether what is shared shows the same as what was found here. */
function ResultsProof({ shared: { ready, failure } }: { shared: SharedResults }) {
  if (failure !== undefined)
    return (
      <p role="alert" className="text-deny">
        The entries could not be reproduced again: {failure}.
      </p>
    );
  if (ready === undefined) return null;
  return ready.differing === 0 ? (
    <p role="status" className="text-xs text-ink-2">
      What is shared was reproduced again, with the same verdicts and causes.
    </p>
  ) : (
    <p role="alert" className="rounded-md bg-gated-soft px-3 py-2 text-gated">
      With these values replaced, {counted(ready.differing, 'entry has', 'entries have')} other causes than were found
      here. Keep the values that they depend on, or share them as they are.
    </p>
  );
}
