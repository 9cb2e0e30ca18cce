'use client';
import { useEffect, useState } from 'react';
import { bundleOf } from '@/lib/bundle';
import { isFailure, type PolicyContent } from '@/lib/store';
import type { PolicyHistory } from '@/lib/workspace';
import { Button } from '../ui/button';
import { CloseButton } from '../ui/close-button';
import { Dialog } from '../ui/dialog';
import { notify } from '../ui/notify';
import { counted, number } from '../ui/words';
import type { WorkbenchDialog } from '../session/dialogs';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { HistoryItem } from './history-item';
import { StateActions } from './state-actions';
import { useMovedDecisions } from './use-moved-decisions';

interface HistoryDialogProps {
  onClose(): void;
  openDialog(dialog: WorkbenchDialog): void;
}

/** Steps that are read at once. */
const PAGE = 25;
const NO_STEPS: PolicyHistory = { steps: [], earlier: 0, gap: undefined };

/** The steps of the open policy: what each changed, what it moved, and the ways back to it. */
export function HistoryDialog({ onClose, openDialog }: HistoryDialogProps) {
  const { workspace } = useSession();
  const { policy } = useWorkspace('policy');
  const { open } = useReplay('open');
  const [most, setMost] = useState(PAGE);
  const [opened, setOpened] = useState<number>();
  const { history, failure } = useHistoryOf(most);
  const { steps, earlier, gap } = history ?? NO_STEPS;
  const moved = useMovedDecisions(steps);
  const start = earlier === 0 && gap === undefined ? steps.at(-1)?.before : undefined;

  function bringBack(content: PolicyContent, name: string) {
    const applied = workspace.dispatch({ kind: 'replace-all', content, from: name });
    if (applied.kind === 'refused')
      return notify(`Not brought back: ${applied.problems.map(({ message }) => message).join('; ')}`);
    const undo = { label: 'Undo', onClick: () => void workspace.undo() };
    if (applied.kind === 'unchanged') notify(`The policy is as it was ${name}`);
    else notify(`Brought back the policy ${name}`, { action: undo });
    onClose();
  }

  const actionsFor = (content: PolicyContent, name: string) => (
    <StateActions
      of={name}
      onCompare={() => {
        void workspace.baselines.pinBundle(bundleOf(`${content.name}, ${name}`, content));
        openDialog({ kind: 'compare' });
      }}
      onBringBack={() => bringBack(content, name)}
      onBranch={() => {
        const branch = `${content.name} (${name})`;
        void workspace.createPolicy({ ...content, name: branch }).then(() => notify(`Opened ${branch}`));
        onClose();
      }}
    />
  );

  return (
    <Dialog
      title={`History of ${policy.name}`}
      description={`Each step of this policy, the newest first${open === undefined ? '' : `, with the decisions of ${open.info.name} that it moved`}.`}
      size="lg"
      onClose={onClose}
      footer={
        <>
          <Button onClick={() => openDialog({ kind: 'versions' })}>Named versions…</Button>
          <CloseButton onClose={onClose} />
        </>
      }
    >
      <div aria-busy={history === undefined} className="space-y-3">
        <p role="status" className="text-sm text-ink-2">
          {failure !== undefined
            ? `The history could not be read: ${failure}`
            : history === undefined
              ? 'Reading…'
              : steps.length === 0
                ? 'Nothing was changed yet.'
                : `${counted(steps.length + earlier, 'step')}. ${open === undefined ? 'Open a trace to see how many of its decisions each step moved.' : ''}`}
        </p>
        <ol aria-label="Steps" className="divide-y divide-line rounded-md border border-line empty:hidden">
          {steps.map((step) => (
            <HistoryItem
              key={step.position}
              step={step}
              moved={moved.get(step.position)}
              opened={opened === step.position}
              onOpen={() => setOpened(opened === step.position ? undefined : step.position)}
            >
              {actionsFor(step.after, `after step ${step.position}`)}
            </HistoryItem>
          ))}
          {start === undefined ? null : (
            <li className="flex flex-wrap items-center gap-2 px-3 py-2 text-sm">
              <span className="min-w-40 flex-1 text-ink-2">The policy before these steps</span>
              {actionsFor(start, 'at the start')}
            </li>
          )}
        </ol>
        {gap === undefined ? null : (
          <p className="text-sm text-ink-2">
            Step {gap} does not fit the policy: it and the steps before it cannot be shown.
          </p>
        )}
        {earlier === 0 ? null : (
          <Button onClick={() => setMost(most + PAGE * 4)}>Show earlier steps ({number(earlier)})</Button>
        )}
      </div>
    </Dialog>
  );
}

/** The history as of the policy's present revision; the earlier one stays on the screen until the new one is read. */
function useHistoryOf(most: number) {
  const { workspace } = useSession();
  const { policy } = useWorkspace('policy');
  const { id, revision } = policy;
  const [read, setRead] = useState<{ readonly history?: PolicyHistory; readonly failure?: string }>({});
  useEffect(() => {
    let isOver = false;
    void workspace.readHistory(most).then((history) => {
      if (!isOver) setRead(isFailure(history) ? { failure: history.message } : { history });
    });
    return () => {
      isOver = true;
    };
  }, [workspace, most, id, revision]);
  return read;
}
