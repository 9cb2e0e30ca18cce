'use client';
import { TriangleAlert } from 'lucide-react';
import { useState, type Ref } from 'react';
import type { Explained } from '@/lib/worker';
import { MakeTestButton } from '../tests/make-test-button';
import { Button } from '../ui/button';
import { DecisionIcon } from '../ui/effect-mark';
import { notify } from '../ui/notify';
import type { WorkbenchDialog } from '../workbench/dialogs';
import { useReplay } from '../workbench/session';
import { useShownPolicy } from '../workbench/shown-policy';
import { CallFacts } from './call-facts';
import { explanationMarkdown } from './markdown';
import { RuleFromCall } from './rule-from-call';
import { StepItem } from './step-item';
import { answerWords, hazardWords, plainText } from './words';
import { Worded } from '../ui/worded';

interface ExplanationProps {
  ref: Ref<HTMLElement>;
  openDialog(dialog: WorkbenchDialog): void;
}

/** Why the call in focus was decided as it was: the answer, then each rule's step; beside it the call itself. */
export function Explanation({ ref, openDialog }: ExplanationProps) {
  const { explained, focus, open } = useReplay();
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
          {focus !== undefined && open !== undefined
            ? 'Working out why…'
            : 'Choose a call of the trace to see which rule decided it, and why.'}
        </p>
      )}
    </section>
  );
}

function Answer({ explained, openDialog }: { explained: Explained; openDialog(dialog: WorkbenchDialog): void }) {
  const { rules } = useShownPolicy();
  const { results } = useReplay();
  const [all, setAll] = useState(false);
  const { decision, call, conditions } = explained;
  const stale = results === undefined || results.stamp !== explained.stamp;
  const answer = answerWords(explained, rules);
  const told = decision.steps.filter((step) => all || isInteresting(step.kind));
  const folded = decision.steps.length - told.length;
  return (
    <>
      <header className="flex shrink-0 flex-wrap items-start gap-x-3 gap-y-1 border-b border-line px-3 py-2">
        <DecisionIcon effect={decision.effect} />
        <h2 className="min-w-48 flex-1 text-base leading-6 font-medium" data-testid="answer" aria-live="polite">
          <Worded words={answer} />
          {stale ? <span className="ml-2 text-xs font-normal text-ink-2">being decided anew…</span> : null}
        </h2>
        <span className="flex flex-wrap gap-1">
          <RuleFromCall call={call} openDialog={openDialog} />
          <MakeTestButton explained={explained} openDialog={openDialog} />
          <Button look="plain" className="h-7 px-2 text-xs" onClick={() => openDialog({ kind: 'compose', from: call })}>
            Change this call
          </Button>
          <Button
            look="plain"
            className="h-7 px-2 text-xs"
            onClick={() =>
              void navigator.clipboard
                .writeText(explanationMarkdown(explained, rules))
                .then(() => notify('Copied as Markdown'))
                .catch(() => notify('The browser does not allow copying here'))
            }
          >
            Copy as Markdown
          </Button>
        </span>
      </header>
      <div className="grid min-h-0 flex-1 overflow-auto md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] md:overflow-hidden">
        <div role="group" aria-label="Steps" className="px-3 py-2 md:overflow-auto" tabIndex={0}>
          {decision.hazards.map((hazard, i) => (
            <p
              key={i}
              className="mb-2 flex items-start gap-1.5 rounded-md bg-gated-soft px-2 py-1.5 text-sm text-gated"
            >
              <TriangleAlert size={14} className="mt-0.5 shrink-0" aria-hidden />
              <span className="sr-only">Hazard: </span>
              {plainText(hazardWords(hazard, rules))}.
            </p>
          ))}
          {decision.underContinue === undefined ? null : (
            <p className="mb-2 text-sm text-ink-2">
              If a false gate let evaluation go on, the call would be{' '}
              {{ allow: 'allowed', deny: 'denied', conditional: 'conditional' }[decision.underContinue.effect]}.
            </p>
          )}
          <ol aria-label="Each rule’s step" className="space-y-1">
            {told.map((step) => (
              <StepItem
                key={step.ruleId}
                step={step}
                position={rules.findIndex((rule) => rule.id === step.ruleId) + 1}
                rule={rules.find((rule) => rule.id === step.ruleId)}
                view={conditions[step.ruleId]}
              />
            ))}
            {decision.decidedBy.kind === 'default' ? (
              <li className="flex gap-2 rounded-md bg-deny-soft px-2 py-1.5 text-sm text-deny">
                No rule matched, so the call is denied.
              </li>
            ) : null}
          </ol>
          {folded > 0 || all ? (
            <Button look="plain" className="mt-1 h-7 px-2 text-xs" aria-expanded={all} onClick={() => setAll(!all)}>
              {all
                ? 'Fold what did not matter'
                : `Show ${folded} more ${folded === 1 ? 'rule' : 'rules'} that did not matter`}
            </Button>
          ) : null}
        </div>
        <div
          role="group"
          aria-label="The call"
          className="border-line px-3 py-2 max-md:border-t md:overflow-auto md:border-l"
          tabIndex={0}
        >
          <CallFacts call={call} />
        </div>
      </div>
    </>
  );
}

/** Steps that say something about the call; the others are folded away. */
const isInteresting = (kind: Explained['decision']['steps'][number]['kind']): boolean =>
  kind !== 'not-reached' && kind !== 'not-active';
