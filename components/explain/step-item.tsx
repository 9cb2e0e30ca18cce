'use client';
import { clsx } from 'clsx';
import { useState, type ReactNode } from 'react';
import type { Rule, RuleId, DecisionStep } from '@/lib/engine';
import type { Explanation } from '@/lib/cel';
import { EffectBadge } from '../ui/effect-mark';
import { FoldButton } from '../ui/fold-button';
import type { RowPlace } from '../ui/row-place';
import { Worded } from '../ui/worded';
import { stepWords, sentence } from '@/lib/wording';
import { partOf } from '../ui/part';

// Loaded once a step is opened.
const ConditionValues = partOf(() => import('./condition-values').then((m) => m.ConditionValues));

interface StepItemProps {
  step: DecisionStep;
  position: number;
  rule: Rule | undefined;
  view: Explanation | undefined;
  /** Answers “Why not this rule?”, where that is offered. */
  whyNot?: ((ruleId: RuleId) => ReactNode) | undefined;
  /** Its place in a list of which only a part is drawn. */
  place?: RowPlace | undefined;
}

/** What became of one rule on this call. It opens to the value of every part of its condition, and to why it did not decide. */
export function StepItem({ step, position, rule, view, whyNot, place }: StepItemProps) {
  const decided = step.kind === 'matched' || step.kind === 'gate-denied';
  const condition = rule?.condition ?? null;
  const opens = view !== undefined && condition !== null;
  const [shown, setShown] = useState<'values' | 'why-not' | undefined>();
  const toggle = (what: typeof shown) => setShown((now) => (now === what ? undefined : what));
  return (
    <li
      {...place}
      className={clsx('rounded-md px-2 py-1.5 text-sm', decided ? 'bg-accent-soft' : 'bg-canvas')}
      data-step={step.kind}
    >
      <div className="flex items-start gap-2">
        <span className="w-5 shrink-0 text-right text-xs leading-5 text-ink-2 tabular-nums">{position}</span>
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-x-2">
            {rule === undefined ? null : <EffectBadge effect={rule.effect} />}
            <span className="min-w-0 font-medium break-words">{rule?.name}</span>
          </p>
          <p className="break-words text-ink-2">
            <Worded words={sentence(stepWords(step, rule, view))} />
          </p>
          <div className="flex flex-wrap gap-x-3">
            {opens ? (
              <FoldButton look="words" className="mt-0.5" open={shown === 'values'} onOpen={() => toggle('values')}>
                Values in the condition
              </FoldButton>
            ) : null}
            {whyNot === undefined || decided ? null : (
              <FoldButton look="words" className="mt-0.5" open={shown === 'why-not'} onOpen={() => toggle('why-not')}>
                Why not this rule?
              </FoldButton>
            )}
          </div>
          {shown === 'values' && opens ? <ConditionValues source={condition} view={view} /> : null}
          {shown === 'why-not' && whyNot !== undefined ? (
            <div className="mt-1 rounded-md border border-line bg-paper px-2 py-1.5">{whyNot(step.ruleId)}</div>
          ) : null}
        </div>
      </div>
    </li>
  );
}
