'use client';
import { memo, useMemo } from 'react';
import type { Call, Rule } from '@/lib/engine';
import type { ExplainedCall } from '@/lib/worker';
import { StepItem } from '../explain/step-item';
import { answerWords } from '@/lib/wording';
import { DecisionIcon } from '../ui/effect-mark';
import { VirtualRows } from '../ui/virtual-rows';
import { Worded } from '../ui/worded';
import { useShownPolicy } from '../session/shown-policy';
import { useReasons } from '../session/use-reasons';

/** The reasons for a cell of the matrix, rule by rule. */
export function CellReasons({ call }: { call: Call | undefined }) {
  const { rules } = useShownPolicy();
  const { answer, current, failure } = useReasons(call);
  if (call === undefined) {
    return (
      <p className="rounded-md bg-canvas px-3 py-6 text-center text-sm text-ink-2">Choose a cell to see the reasons.</p>
    );
  }
  const explained = current ? answer : undefined;
  return (
    <section
      aria-label="Why"
      data-scrolls
      className="min-w-0 rounded-md border border-line p-2 md:max-h-[48dvh] md:overflow-auto"
      tabIndex={0}
    >
      <p className="text-xs text-ink-2">
        <span className="font-medium break-all text-ink">{call.tool?.name}</span> on {call.resource?.slug}, for{' '}
        {call.instance?.name ?? call.instance?.id ?? call.agent?.slug ?? call.user?.email ?? call.user?.id}
      </p>
      {failure !== undefined ? (
        <p role="alert" className="text-sm text-deny">
          {failure}
        </p>
      ) : null}
      {explained === undefined ? null : (
        <>
          <p className="my-2 flex items-start gap-2 text-sm font-medium" role="status" data-testid="cell-answer">
            <DecisionIcon effect={explained.decision.effect} />
            <span className="min-w-0 break-words">
              <Worded words={answerWords(explained, rules)} />.
            </span>
          </p>
          <Steps key={call.id} explained={explained} rules={rules} />
        </>
      )}
    </section>
  );
}

/** Pixels that a step takes before it is drawn, and pixels between two (`space-y-1`). */
const STEP_HEIGHT = 56;
const STEP_SPACE = 4;

/** The step of each rule that was evaluated. */
function Steps({ explained, rules }: { explained: ExplainedCall; rules: readonly Rule[] }) {
  const { steps } = explained.decision;
  const tried = useMemo(() => steps.filter(({ kind }) => kind !== 'not-reached' && kind !== 'not-active'), [steps]);
  const keys = useMemo(() => tried.map(({ ruleId }) => ruleId), [tried]);
  const indexes = useMemo(() => new Map(rules.map(({ id }, i) => [id, i])), [rules]);
  return (
    <ol aria-label="Each rule’s step" className="space-y-1">
      <VirtualRows keys={keys} rowHeight={() => STEP_HEIGHT} space={STEP_SPACE}>
        {(index, place) => {
          const step = tried[index];
          if (step === undefined) return null;
          const i = indexes.get(step.ruleId) ?? -1;
          return (
            <Step
              key={step.ruleId}
              step={step}
              position={i + 1}
              rule={rules[i]}
              view={explained.conditions[step.ruleId]}
              place={place}
            />
          );
        }}
      </VirtualRows>
    </ol>
  );
}

const Step = memo(StepItem);
