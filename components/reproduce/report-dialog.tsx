'use client';
import { useMemo, useState } from 'react';
import { digestOf, type Bundle } from '@/lib/bundle';
import type { ReplayClient, ReproducedEntries } from '@/lib/worker';
import { entryMarkdown, reproductionMarkdown } from '@/lib/wording';
import { SharedValues } from '../share/shared-values';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { download } from '../ui/download';
import { notify } from '../ui/notify';
import { Segmented } from '../ui/segmented';
import { counted } from '../ui/words';
import { useSharedFindings, type FindingsChoice, type ReadyFindings } from './use-shared-findings';

interface ReportDialogProps {
  client: ReplayClient;
  bundle: Bundle;
  entries: ReproducedEntries;
  /** Place of the chosen entry in the log. */
  chosen: number | undefined;
  onClose(): void;
}

/** What was found, for a ticket. Values of people are replaced unless the user wants them as they are. */
export function ReportDialog({ client, bundle, entries, chosen, onClose }: ReportDialogProps) {
  const canChoose = chosen !== undefined && entries.notable.some(({ index }) => index === chosen);
  const [scope, setScope] = useState<'chosen' | 'all'>('all');
  const [choice, setChoice] = useState<Pick<FindingsChoice, 'values' | 'keep'>>({
    values: 'replaced',
    keep: new Set(),
  });
  const indices = useMemo(
    () => (scope === 'chosen' && chosen !== undefined ? [chosen] : entries.notable.map(({ index }) => index)),
    [scope, chosen, entries],
  );
  const shared = useSharedFindings(client, bundle, entries, { indices, ...choice });
  const report = shared.ready === undefined ? undefined : reportOf(shared.ready, entries, scope);
  return (
    <Dialog
      title="Report"
      description="What was found, as Markdown for a ticket. It is made here, and goes nowhere by itself."
      onClose={onClose}
      footer={<ReportActions name={bundle.name} report={report} />}
    >
      <div className="space-y-4 text-sm">
        {canChoose && entries.notable.length > 1 ? (
          <Segmented<'all' | 'chosen'>
            label="Entries"
            value={scope}
            options={[
              { value: 'all', label: `all ${counted(entries.notable.length, 'that differs', 'that differ')}` },
              { value: 'chosen', label: 'the chosen one' },
            ]}
            onValue={setScope}
          />
        ) : null}
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
        <FindingsProof shared={shared} />
      </div>
    </Dialog>
  );
}

/** Whether what is shared shows the same as what was found here. */
function FindingsProof({ shared: { ready, failure } }: { shared: ReturnType<typeof useSharedFindings> }) {
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

function reportOf({ bundle, findings }: ReadyFindings, entries: ReproducedEntries, scope: 'chosen' | 'all'): string {
  const digest = digestOf(bundle);
  const [first] = findings;
  if (scope === 'chosen' && first !== undefined) return `${entryMarkdown(first, bundle.rules, digest)}\n`;
  const { counts, evidence, further } = entries;
  const of = { policyName: bundle.name, digest };
  return reproductionMarkdown({ counts, evidence, notable: findings, further }, bundle.rules, of);
}

function ReportActions({ name, report }: { name: string; report: string | undefined }) {
  return (
    <>
      <Button
        disabled={report === undefined}
        onClick={() =>
          report !== undefined && download(new Blob([report], { type: 'text/markdown' }), `${name}.report.md`)
        }
      >
        Download the report
      </Button>
      <Button
        look="primary"
        disabled={report === undefined}
        onClick={() =>
          void navigator.clipboard
            .writeText(report ?? '')
            .then(() => notify('Report copied'))
            .catch(() => notify('The browser does not allow copying here: download the report instead'))
        }
      >
        Copy the report
      </Button>
    </>
  );
}
