'use client';
import { useEffect, useState } from 'react';
import type { ImportedWork, IncomingWork } from '@/lib/workspace';
import { addPagePreferences } from '../session/page-preferences';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { counted } from '../ui/words';
import { Marked } from '../ui/worded';
import { useSession } from '../session/session';

type Stage =
  | { readonly kind: 'read'; readonly work: IncomingWork }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'imported'; readonly imported: ImportedWork };

/** What a file of exported work holds and whether it arrived whole, shown before any of it is stored. */
export function ImportWork({ file, onClose }: { file: File; onClose(): void }) {
  const { workspace } = useSession();
  const [stage, setStage] = useState<Stage>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void file
      .arrayBuffer()
      .then((bytes) => workspace.readWork(new Uint8Array(bytes)))
      .then((read) =>
        setStage(read.ok ? { kind: 'read', work: read.work } : { kind: 'refused', message: read.message }),
      )
      .catch((error: unknown) => setStage({ kind: 'refused', message: String(error) }));
  }, [file, workspace]);
  async function store(work: IncomingWork) {
    setBusy(true);
    const { settings, ...imported } = await workspace.importWork(work);
    const chosen = addPagePreferences(work.settings.preferences);
    setStage({ kind: 'imported', imported: { ...imported, settings: settings + chosen } });
    setBusy(false);
  }
  const work = stage?.kind === 'read' ? stage.work : undefined;
  const parts = work === undefined ? 0 : Object.values(countsOf(work)).reduce((sum, count) => sum + count);
  return (
    <Dialog
      title="Import a download"
      description="Nothing that is here is overwritten."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{stage?.kind === 'imported' ? 'Close' : 'Cancel'}</Button>
          {work === undefined ? null : (
            <Button look="primary" disabled={busy || parts === 0} onClick={() => void store(work)}>
              {work.problems.length === 0 ? 'Import everything' : 'Import the undamaged part'}
            </Button>
          )}
        </>
      }
    >
      <div className="space-y-3 text-sm" role="status" data-testid="import-work">
        {stage === undefined ? <p>Checking the file…</p> : <StageText stage={stage} name={file.name} />}
      </div>
    </Dialog>
  );
}

function StageText({ stage, name }: { stage: Stage; name: string }) {
  if (stage.kind === 'refused') return <p className="break-words text-deny">{`${name}: ${stage.message}`}</p>;
  const { problems, ...counts } =
    stage.kind === 'imported'
      ? stage.imported
      : {
          ...countsOf(stage.work),
          known: 0,
          problems: stage.work.problems,
        };
  const what = [
    counted(counts.policies, 'policy', 'policies'),
    counted(counts.traces, 'trace'),
    counted(counts.cases, 'case'),
    counted(counts.settings, 'setting'),
  ].join(', ');
  return (
    <>
      <p>
        {stage.kind === 'imported'
          ? `Imported ${what}.${counts.known === 0 ? '' : ` ${counted(counts.known, 'part')} of the file ${counts.known === 1 ? 'was' : 'were'} here already.`}`
          : `${name} holds ${what}.`}
      </p>
      {stage.kind === 'read' && problems.length === 0 ? (
        <p className="text-allow">The file is complete: every file in it has the digest that its manifest names.</p>
      ) : null}
      {problems.length === 0 ? null : (
        <ul aria-label="Problems" className="max-h-60 list-disc space-y-1 overflow-auto pl-5 break-words text-deny">
          {problems.slice(0, MOST_SHOWN).map((problem, i) => (
            <li key={i}>
              <Marked text={problem} />
            </li>
          ))}
          {problems.length > MOST_SHOWN ? <li>… and {problems.length - MOST_SHOWN} more</li> : null}
        </ul>
      )}
    </>
  );
}

const MOST_SHOWN = 100;

const countsOf = ({ policies, traces, cases, settings: { stored, preferences } }: IncomingWork) => ({
  policies: policies.length,
  traces: traces.length,
  cases: cases.length,
  settings: stored.length + Object.keys(preferences).length,
});
