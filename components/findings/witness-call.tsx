'use client';
import type { Call } from '@/lib/engine';
import { answerWords } from '@/lib/wording';
import { CallFacts } from '../explain/call-facts';
import { StepList } from '../explain/step-list';
import { Button } from '../ui/button';
import { DecisionIcon } from '../ui/effect-mark';
import { Worded } from '../ui/worded';
import type { WorkbenchDialog } from '../session/dialogs';
import { useShownPolicy } from '../session/shown-policy';
import { useReasons } from '../session/use-reasons';

interface WitnessCallProps {
  call: Call;
  openDialog(dialog: WorkbenchDialog): void;
}

/** A call that shows a finding, as the shown policy decides it, with each rule's step. */
export function WitnessCall({ call, openDialog }: WitnessCallProps) {
  const { rules } = useShownPolicy();
  const { answer, current, failure } = useReasons(call);
  const explained = current ? answer : undefined;
  return (
    <section aria-label="The witness" className="mt-2 rounded-md border border-line bg-paper p-2" data-testid="witness">
      {failure === undefined ? null : (
        <p role="alert" className="text-sm text-deny">
          {failure}
        </p>
      )}
      <p className="mb-2 flex min-h-6 items-start gap-2 text-sm font-medium" role="status">
        {explained === undefined ? (
          failure === undefined ? (
            'Deciding…'
          ) : null
        ) : (
          <>
            <DecisionIcon effect={explained.decision.effect} />
            <span className="min-w-0 break-words">
              <Worded words={answerWords(explained, rules)} />.
            </span>
          </>
        )}
      </p>
      <div className="grid gap-3 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="max-md:order-2">
          {explained === undefined ? null : <StepList reasons={explained} rules={rules} />}
        </div>
        <div>
          <CallFacts call={call} />
          <Button className="mt-2 h-7 px-2 text-xs" onClick={() => openDialog({ kind: 'compose', from: call })}>
            Change it, or add it to the trace
          </Button>
        </div>
      </div>
    </section>
  );
}
