'use client';
import { useCallback, useMemo, useState } from 'react';
import type { Policy } from '@/lib/engine';
import type { EntryTurns, ReplayClient } from '@/lib/worker';
import { turnWords } from '@/lib/wording';
import { useAnswer } from '../session/use-answer';
import { ChooseFile } from '../ui/choose-file';
import { counted } from '../ui/words';
import { Worded } from '../ui/worded';

interface EntryHistoryProps {
  client: ReplayClient;
  log: number;
  policy: Policy;
  index: number;
}

/** The edits of the policy at which the decision on an entry turned, by the changes in the log or a file of versions. */
export function EntryHistory(props: EntryHistoryProps) {
  const [open, setOpen] = useState(false);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="text-sm">
      <summary className="cursor-pointer py-0.5 font-semibold pointer-coarse:py-3">When its decision turned</summary>
      {open ? <Turns {...props} /> : null}
    </details>
  );
}

function Turns({ client, log, policy, index }: EntryHistoryProps) {
  const [file, setFile] = useState<{ readonly name: string; readonly text: string }>();
  const question = useMemo(() => ({ log, policy, index, history: file?.text }), [log, policy, index, file]);
  const ask = useCallback((params: typeof question) => client.ask('bisectEntry', params), [client]);
  const { answer, current, failure } = useAnswer(question, ask);
  return (
    <div className="mt-2 space-y-2" aria-busy={!current}>
      {failure !== undefined ? (
        <p role="alert" className="text-deny">
          The history was not read: {failure}.
        </p>
      ) : answer === undefined ? (
        <p role="status" className="text-ink-2">
          Deciding each version…
        </p>
      ) : (
        <FoundTurns found={answer} from={file === undefined ? 'the changes in the log' : file.name} />
      )}
      <p className="text-ink-2">A history is a file of bundles, the oldest first: one a line, or a JSON list.</p>
      <ChooseFile onFile={(chosen) => void chosen.text().then((text) => setFile({ name: chosen.name, text }))} />
    </div>
  );
}

function FoundTurns({ found: { history, turns, gaps }, from }: { found: EntryTurns; from: string }) {
  return (
    <>
      <p role="status">
        {counted(history.length, 'version')} by {from}:{' '}
        {turns.length === 0 ? 'all decide alike' : `the decision turned at ${counted(turns.length, 'edit')}`}.
        {gaps === 0 ? null : ' A change in the log cannot be taken back: versions before it are not known.'}
      </p>
      <ol className="list-decimal space-y-1 pl-5">
        {turns.map((turn) => {
          const { title, changes } = turnWords(turn, history);
          return (
            <li key={turn.to}>
              <Worded words={title} />
              <ul className="list-disc pl-5 text-ink-2">
                {changes.map((change, i) => (
                  <li key={i} className="break-words">
                    <Worded words={change} />
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ol>
    </>
  );
}
