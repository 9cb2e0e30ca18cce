'use client';
import { FlaskConical } from 'lucide-react';
import type { Explained } from '@/lib/worker';
import { Button } from '../ui/button';
import { notify } from '../ui/notify';
import type { WorkbenchDialog } from '../workbench/dialogs';
import { useReplay, useSession, useWorkspace } from '../workbench/session';
import { useShownPolicy } from '../workbench/shown-policy';
import { testOfCall } from './test-of-call';

interface MakeTestButtonProps {
  explained: Explained;
  openDialog(dialog: WorkbenchDialog): void;
}

/** One click makes a test of the call: it shall be decided as it is now. A policy that is only looked at takes none. */
export function MakeTestButton({ explained, openDialog }: MakeTestButtonProps) {
  const { workspace } = useSession();
  const { policy } = useWorkspace('policy');
  const { results } = useReplay('results');
  const { from } = useShownPolicy();
  if (from === 'preview') return null;
  const stale = results === undefined || results.stamp !== explained.stamp;

  function make() {
    const test = testOfCall(explained.call, explained.decision.effect, policy.tests ?? []);
    const applied = workspace.dispatch({ kind: 'change-tests', changes: [{ was: null, now: test }] });
    if (applied.kind !== 'applied') return;
    notify(`Test added: ${test.name}`, {
      action: { label: 'Show the tests', onClick: () => openDialog({ kind: 'tests' }) },
    });
  }

  return (
    <Button
      look="plain"
      className="h-7 px-2 text-xs"
      disabled={stale}
      onClick={make}
      title="Keep this call as a test: it shall be decided as it is now"
    >
      <FlaskConical size={12} aria-hidden />
      Make a test
    </Button>
  );
}
