'use client';
import { FlaskConical } from 'lucide-react';
import type { ExplainedCall } from '@/lib/worker';
import { Button } from '../ui/button';
import { notify } from '../ui/notify';
import type { WorkbenchDialog } from '../session/dialogs';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { useLasting } from '../ui/use-lasting';
import { testOfCall } from './test-of-call';

interface MakeTestButtonProps {
  explained: ExplainedCall;
  openDialog(dialog: WorkbenchDialog): void;
}

/** Makes a test of the call with one click; it expects the present decision. */
export function MakeTestButton({ explained, openDialog }: MakeTestButtonProps) {
  const { workspace } = useSession();
  const { policy } = useWorkspace('policy');
  const { results } = useReplay('results');
  const stale = results?.stamp !== explained.stamp;
  const staleForLong = useLasting(stale);

  function make() {
    if (stale) return;
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
      disabled={staleForLong}
      onClick={make}
      title="Keep this call as a test that expects the present decision"
    >
      <FlaskConical size={12} aria-hidden />
      Make a test
    </Button>
  );
}
