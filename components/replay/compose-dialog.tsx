'use client';
import { useEffect, useState } from 'react';
import { callId, type Call } from '@/lib/engine';
import type { ExplainedCall } from '@/lib/worker';
import { answerWords } from '@/lib/wording';
import { Worded } from '../ui/worded';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { DecisionIcon } from '../ui/effect-mark';
import { useReplay, useSession } from '../session/session';
import { useKnown } from '../session/use-catalog';
import { useShownPolicy } from '../session/shown-policy';
import { useTraceEdits } from '../session/use-trace-edits';
import { HelpLink } from '../site/help-link';
import { composedCall, draftOf, newCallId } from './call-draft';
import { CallForm } from './call-form';

interface ComposeDialogProps {
  /** A call to begin with: what if it had been a little different? */
  from?: Call;
  onClose(): void;
}

/** A call composed by hand: which tool, with which arguments, by whom; decided as it is typed, and added to the trace if wanted. */
export function ComposeDialog({ from, onClose }: ComposeDialogProps) {
  const { append } = useTraceEdits();
  const { open } = useReplay('open');
  const { catalog } = useKnown();
  const [call, setCall] = useState<Call>(() => composedCall(draftOf(from, catalog), from, catalog));
  const { explained, problem } = useExplainedCall(call);

  async function add() {
    if (await append({ ...call, id: callId(newCallId(open?.info.calls ?? 0)) })) onClose();
  }

  return (
    <Dialog
      title={from === undefined ? 'Compose a call' : 'Change this call'}
      description={
        from === undefined
          ? 'Decided as you type, by the policy that is shown.'
          : 'What would be decided if it had been a little different? The call in the trace stays as it is.'
      }
      help={<HelpLink to="replay/" about="calls and decisions" />}
      onClose={onClose}
      size="lg"
      footer={
        <>
          <ComposedDecision explained={explained} />
          <Button onClick={onClose}>Close</Button>
          <Button look="primary" disabled={(call.tool?.name ?? '') === ''} onClick={() => void add()}>
            Add to the trace
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {problem === undefined ? null : (
          <p role="alert" className="text-sm text-deny">
            {problem}
          </p>
        )}
        <CallForm from={from} onCall={setCall} />
      </div>
    </Dialog>
  );
}

/** What the shown policy decides for a call, and why. */
function useExplainedCall(call: Call): { readonly explained?: ExplainedCall; readonly problem?: string } {
  const { replay } = useSession();
  const { rules, settings } = useShownPolicy();
  const [explained, setExplained] = useState<ExplainedCall>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let gone = false;
    replay
      .explainUnder({ rules, settings }, call)
      .then((answer) => !gone && setExplained(answer))
      .catch((error: unknown) => !gone && setProblem(error instanceof Error ? error.message : String(error)));
    return () => {
      gone = true;
    };
  }, [replay, call, rules, settings]);
  return { ...(explained && { explained }), ...(problem !== undefined && { problem }) };
}

function ComposedDecision({ explained }: { explained: ExplainedCall | undefined }) {
  const { rules } = useShownPolicy();
  return (
    <div
      className="mr-auto flex min-w-56 flex-1 items-start gap-2 text-sm"
      role="status"
      data-testid="composed-decision"
    >
      {explained === undefined ? (
        <span className="text-ink-2">deciding…</span>
      ) : (
        <>
          <DecisionIcon effect={explained.decision.effect} />
          <Worded words={answerWords(explained, rules)} />
        </>
      )}
    </div>
  );
}
