'use client';
import { useEffect, useMemo, useState } from 'react';
import { bundleOf } from '@/lib/bundle';
import type { Call } from '@/lib/engine';
import { SupersededError } from '@/lib/worker';
import { useReplay, useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { download } from '../ui/download';
import { counted, number } from '../ui/words';
import { SharedValues } from './shared-values';
import { MOST_CALLS, useRedactedBundle, type ValueChoice } from './use-shared-bundle';

interface ExportDialogProps {
  /** Those that are shown, with their decisions; or the whole trace, as it can be imported again. */
  calls: 'shown' | 'trace';
  format: 'ndjson' | 'csv';
  onClose(): void;
}

/** Calls of the open trace as a file, with their values replaced or as they are. */
export function ExportDialog({ calls: which, format, onClose }: ExportDialogProps) {
  const { replay } = useSession();
  const { open, view } = useReplay('open', 'view');
  const { name, rules, settings } = useShownPolicy();
  const total = which === 'shown' ? (view?.count ?? 0) : (open?.info.calls ?? 0);
  const tooMany = total > MOST_CALLS;
  const [chosen, setChosen] = useState<ValueChoice>({ values: 'replaced', keep: new Set() });
  const [problem, setProblem] = useState<string>();
  const choice: ValueChoice = tooMany ? { ...chosen, values: 'as-they-are' } : chosen;
  const calls = useCalls(which === 'shown' ? view?.places : undefined, !tooMany);
  const bundle = useMemo(
    () => (calls === undefined ? undefined : bundleOf(name, { rules, settings }, { trace: calls })),
    [name, rules, settings, calls],
  );
  const { redaction, ready } = useRedactedBundle(replay, bundle, choice);
  const isReady = tooMany || ready !== undefined;

  async function save() {
    if (open === undefined) return;
    const { info } = open;
    const instead = choice.values === 'replaced' ? ready?.trace : undefined;
    try {
      if (which === 'shown') download(await replay.exportCalls(format, instead), `${info.name}.calls.${format}`);
      else
        download(instead === undefined ? await replay.exportTrace(info.id) : linesOf(instead), `${info.name}.ndjson`);
      onClose();
    } catch (error) {
      setProblem(failureOf(error));
    }
  }

  return (
    <Dialog
      title={which === 'shown' ? 'Download the calls shown' : 'Download the trace'}
      description={
        which === 'shown'
          ? `${counted(total, 'call')} with their decisions, as ${format.toUpperCase()}.`
          : `${counted(total, 'call')} as NDJSON, which can be imported again.`
      }
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!isReady} onClick={() => void save()}>
            Download
          </Button>
        </>
      }
    >
      <div className="space-y-3 text-sm">
        {problem === undefined ? null : (
          <p role="alert" className="text-deny">
            The calls could not be written: {problem}.
          </p>
        )}
        {tooMany ? (
          <p>
            The values are written as they are: they can be replaced in up to {number(MOST_CALLS)} calls. Filter the
            trace first, and download the calls shown.
          </p>
        ) : bundle === undefined ? (
          <p role="status">Reading the calls…</p>
        ) : (
          <SharedValues
            bundle={bundle}
            redaction={redaction}
            choice={choice}
            onChoice={(part) => setChosen((now) => ({ ...now, ...part }))}
          />
        )}
      </div>
    </Dialog>
  );
}

function failureOf(error: unknown): string {
  if (error instanceof SupersededError) return 'the policy or the trace changed while they were written; try again';
  return error instanceof Error ? error.message : String(error);
}

const linesOf = (calls: readonly Call[]): Blob =>
  new Blob(
    calls.map((call) => `${JSON.stringify(call)}\n`),
    { type: 'application/x-ndjson' },
  );

/** The calls at these places of the open trace, or all; undefined until they are there. */
function useCalls(places: Uint32Array<ArrayBuffer> | undefined, wanted: boolean): readonly Call[] | undefined {
  const { replay } = useSession();
  const { open } = useReplay('open');
  const [loaded, setLoaded] = useState<{
    readonly of: unknown;
    readonly at: unknown;
    readonly calls: readonly Call[];
  }>();
  useEffect(() => {
    if (!wanted || open === undefined) return undefined;
    let gone = false;
    replay.ask('callsOfTrace', { most: MOST_CALLS, places }).then(
      (calls) => !gone && setLoaded({ of: open, at: places, calls }),
      // The trace was closed meanwhile, or the worker broke down, which the workbench shows.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [wanted, open, places, replay]);
  return loaded?.of === open && loaded?.at === places ? loaded?.calls : undefined;
}
