'use client';
import { Trash2, TriangleAlert } from 'lucide-react';
import { memo, type ReactNode, type Ref } from 'react';
import type { Reasons } from '@/lib/analysis';
import { answerWords, hazardWords, sentence, EFFECT_WORDS } from '@/lib/wording';
import type { Call, Rule } from '@/lib/engine';
import type { ExplainedCall } from '@/lib/worker';
import { MakeTestButton } from '../tests/make-test-button';
import { Button } from '../ui/button';
import { DecisionIcon } from '../ui/effect-mark';
import { useLasting } from '../ui/use-lasting';
import { Worded } from '../ui/worded';
import type { WorkbenchDialog } from '../session/dialogs';
import { useReplay } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { useTraceEdits } from '../session/use-trace-edits';
import { CallFacts } from './call-facts';
import { NearMisses } from './near-misses';
import { RecordedNote } from './recorded-note';
import { RuleFromCall } from './rule-from-call';
import { StepList } from './step-list';
import { useWhatIf, type WhatIfState } from './use-what-if';
import { onlyAdds } from './what-if-call';
import { partOf } from '../ui/part';

// Loaded on demand: the first screen does not need it.
const WhyNot = partOf(() => import('./why-not').then((m) => m.WhyNotOf));
const ProfileNote = partOf(() => import('../ui/profile-note').then((m) => m.ProfileNote));
const WhatIfPanel = partOf(() => import('./what-if-panel').then((m) => m.WhatIfPanel));

interface ExplanationProps {
  ref: Ref<HTMLElement>;
  openDialog(dialog: WorkbenchDialog): void;
}

/** Explains the decision on the call in focus: the answer, then each rule's step; beside it the call itself. */
export function Explanation({ ref, openDialog }: ExplanationProps) {
  const { explained, focus, open, isGivenUp } = useReplay('explained', 'focus', 'open', 'isGivenUp');
  return (
    <section
      ref={ref}
      tabIndex={-1}
      aria-label="Explanation"
      className="flex h-full min-h-0 flex-col bg-paper outline-none"
    >
      {explained !== undefined ? (
        <Answer explained={explained} openDialog={openDialog} />
      ) : (
        <p className="flex flex-1 items-center justify-center p-6 text-center text-sm text-ink-2" role="status">
          {isGivenUp
            ? 'Nothing is decided by this policy.'
            : focus !== undefined && open !== undefined
              ? 'Working out why…'
              : 'Choose a call of the trace to see which rule decided it, and why.'}
        </p>
      )}
    </section>
  );
}

function Answer({ explained, openDialog }: { explained: ExplainedCall; openDialog(dialog: WorkbenchDialog): void }) {
  const shown = useShownPolicy();
  const { rules } = shown;
  const { call } = explained;
  const { whatIf, start, apply, change, reset, close } = useWhatIf(call, shown);
  // While the what-if is being decided, no result of another call is shown for it.
  const answered: ExplainedCall | undefined = whatIf === undefined ? explained : whatIf.answer;
  const compared = comparedWithRecord(explained, whatIf);
  return (
    <>
      <header className="flex shrink-0 flex-wrap items-start gap-x-3 gap-y-1 border-b border-line px-3 py-2">
        <div className="min-w-56 flex-1 space-y-1">
          <div className="flex items-start gap-3">
            <DecisionIcon effect={explained.decision.effect} />
            <AnswerHeading stamp={explained.stamp}>
              {whatIf === undefined ? null : <span className="mr-1.5 text-xs font-normal text-ink-2">As it was:</span>}
              <Worded words={answerWords(explained, rules)} />
            </AnswerHeading>
          </div>
          {whatIf === undefined ? null : <WhatIfAnswer whatIf={whatIf} rules={rules} />}
        </div>
        <AnswerActions
          call={whatIf?.call ?? call}
          answered={answered}
          readOnly={shown.from === 'preview'}
          onWhatIf={whatIf === undefined ? start : undefined}
          openDialog={openDialog}
        />
      </header>
      <div className="grid min-h-0 flex-1 overflow-auto md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] md:overflow-hidden">
        <div role="group" aria-label="Steps" className="px-3 py-2 max-md:order-2 md:overflow-auto" tabIndex={0}>
          {compared === undefined ? null : <RecordedNote {...compared} policy={shown} onSupply={start} />}
          {shown.settings.readings === undefined ? null : <ProfileNote readings={shown.settings.readings} />}
          {answered === undefined ? (
            <p className="text-sm text-ink-2">Deciding…</p>
          ) : (
            <DecisionSteps reasons={answered} rules={rules} onTry={apply} />
          )}
        </div>
        <div
          role="group"
          aria-label="The call"
          className="border-line px-3 py-2 max-md:border-b md:overflow-auto md:border-l"
          tabIndex={0}
        >
          {whatIf === undefined ? (
            <>
              <CallFacts call={call} />
              <RemoveCall call={call} />
            </>
          ) : (
            <WhatIfPanel original={call} whatIf={whatIf} onChange={change} onReset={reset} onClose={close} />
          )}
        </div>
      </div>
    </>
  );
}

/** The decision to compare with the gateway's own: that on the call, or on a what-if that only adds facts to it. */
function comparedWithRecord({ call, decision }: ExplainedCall, whatIf: WhatIfState | undefined) {
  if (whatIf === undefined) return { call, decision };
  if (whatIf.answer === undefined || call.recorded === undefined || !onlyAdds(call, whatIf.call)) return undefined;
  return { call: { ...whatIf.call, recorded: call.recorded }, decision: whatIf.answer.decision };
}

const WhatIfAnswer = ({ whatIf, rules }: { whatIf: WhatIfState; rules: readonly Rule[] }) => (
  <div className="flex items-start gap-3" role="status" data-testid="what-if-answer">
    {whatIf.answer === undefined ? (
      <span className="text-sm text-ink-2">{whatIf.problem ?? 'What if: deciding…'}</span>
    ) : (
      <>
        <DecisionIcon effect={whatIf.answer.decision.effect} />
        <p className="min-w-0 flex-1 text-base leading-6 font-medium break-words">
          <span className="mr-1.5 text-xs font-normal text-ink-2">What if:</span>
          <Worded words={answerWords(whatIf.answer, rules)} />
        </p>
      </>
    )}
  </div>
);

interface AnswerActionsProps {
  /** As it was, or as the what-if has it. */
  call: Call;
  /** Undefined while the what-if is being decided. */
  answered: ExplainedCall | undefined;
  readOnly: boolean;
  /** Undefined while one is open. */
  onWhatIf: (() => void) | undefined;
  openDialog(dialog: WorkbenchDialog): void;
}

function AnswerActions({ call, answered, readOnly, onWhatIf, openDialog }: AnswerActionsProps) {
  const action = (label: string, run: () => void) => (
    <Button look="plain" className="h-7 px-2 text-xs" onClick={run}>
      {label}
    </Button>
  );
  return (
    <span className="flex flex-wrap gap-1">
      {readOnly ? null : (
        <>
          <RuleFromCall call={call} openDialog={openDialog} />
          {answered === undefined ? null : <MakeTestButton explained={answered} openDialog={openDialog} />}
        </>
      )}
      {onWhatIf === undefined ? null : (
        <>
          {action('What if…', onWhatIf)}
          {action('Share this decision', () => openDialog({ kind: 'share', decision: true }))}
        </>
      )}
      {action('Copy as Markdown', () => openDialog({ kind: 'report', call }))}
    </span>
  );
}

/** Takes the call out of its trace, where that is the user's own. */
function RemoveCall({ call }: { call: Call }) {
  const { open, traces } = useReplay('open', 'traces');
  const { remove } = useTraceEdits();
  if (!traces.some(({ id }) => id === open?.info.id)) return null;
  return (
    <Button look="plain" className="mt-3 -ml-2 h-7 px-2 text-xs" onClick={() => void remove(call)}>
      <Trash2 size={13} aria-hidden />
      Remove from the trace
    </Button>
  );
}

/**
 * The answer; marked busy while it belongs to an earlier policy. The words for that appear only if it lasts, so that they do not flicker
 * with every key.
 */
function AnswerHeading({ stamp, children }: { stamp: number; children: ReactNode }) {
  const { results } = useReplay('results');
  const stale = results?.stamp !== stamp;
  const staleForLong = useLasting(stale);
  return (
    <h2
      className="min-w-0 flex-1 text-base leading-6 font-medium break-words"
      data-testid="answer"
      aria-live="polite"
      aria-busy={stale}
    >
      {children}
      {staleForLong ? <span className="ml-2 text-xs font-normal text-ink-2">deciding again…</span> : null}
    </h2>
  );
}

interface DecisionStepsProps {
  reasons: Reasons;
  rules: readonly Rule[];
  onTry: (changes: Reasons['misses'][number]['changes']) => void;
}

const DecisionSteps = memo(function DecisionSteps({ reasons, rules, onTry }: DecisionStepsProps) {
  const { decision, misses } = reasons;
  return (
    <>
      {decision.hazards.map((hazard, i) => (
        <p key={i} className="mb-2 flex items-start gap-1.5 rounded-md bg-gated-soft px-2 py-1.5 text-sm text-gated">
          <TriangleAlert size={14} className="mt-0.5 shrink-0" aria-hidden />
          <span className="min-w-0 break-words">
            <span className="sr-only">Hazard: </span>
            <Worded words={sentence(hazardWords(hazard, decision, rules))} />
          </span>
        </p>
      ))}
      {decision.underContinue === undefined ? null : (
        <p className="mb-2 text-sm text-ink-2">
          If a false gate let evaluation go on, the call would be {EFFECT_WORDS[decision.underContinue.effect]}.
        </p>
      )}
      <StepList
        reasons={reasons}
        rules={rules}
        whyNot={(ruleId) => <WhyNot ruleId={ruleId} call={reasons.call} onTry={onTry} />}
      />
      <NearMisses misses={misses} rules={rules} onTry={onTry} />
    </>
  );
});
