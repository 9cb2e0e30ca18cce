'use client';
import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { Reasons } from '@/lib/analysis';
import { foldSteps, nearRules } from '@/lib/wording';
import type { Rule, RuleId } from '@/lib/engine';
import { StepItem } from './step-item';

interface StepListProps {
  reasons: Reasons;
  rules: readonly Rule[];
  /** Answers “Why not this rule?”, where that is offered. */
  whyNot?: (ruleId: RuleId) => ReactNode;
}

/** Each rule's step in evaluation order; runs of rules that do not cover this call fold into one line. */
export function StepList({ reasons, rules, whyNot }: StepListProps) {
  const { decision, misses, conditions } = reasons;
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const shown = useMemo(() => foldSteps(decision.steps, nearRules(misses)), [decision, misses]);
  const item = (index: number) => {
    const step = decision.steps[index];
    const rule = rules[index];
    if (step === undefined) return null;
    return (
      <StepItem
        key={`${index} ${step.ruleId}`}
        step={step}
        position={index + 1}
        rule={rule}
        view={conditions[step.ruleId]}
        whyNot={whyNot}
      />
    );
  };
  return (
    <ol aria-label="Each rule’s step" className="space-y-1">
      {shown.flatMap((one) => {
        if (one.kind === 'step') return [item(one.index)];
        const open = unfolded.has(one.from);
        const toggle = () =>
          setUnfolded((now) => {
            const next = new Set(now);
            if (!next.delete(one.from)) next.add(one.from);
            return next;
          });
        const line = (
          <li key={`run ${one.from}`} data-run={one.words}>
            <button
              type="button"
              aria-expanded={open}
              onClick={toggle}
              className="flex min-h-7 w-full items-center gap-1.5 rounded-md border border-dashed border-line px-2 text-left text-sm text-ink-2 hover:bg-sunken hover:text-ink pointer-coarse:min-h-11"
            >
              <ChevronRight
                size={12}
                aria-hidden
                className={clsx('shrink-0 transition-transform', open && 'rotate-90')}
              />
              {one.words}
            </button>
          </li>
        );
        if (!open) return [line];
        return [line, ...Array.from({ length: one.to - one.from + 1 }, (_, i) => item(one.from + i))];
      })}
      {decision.decidedBy.kind === 'default' ? (
        <li className="flex gap-2 rounded-md bg-deny-soft px-2 py-1.5 text-sm text-deny">
          {decision.steps.length === 0
            ? 'The policy has no rules, so the call is denied.'
            : 'No rule matched, so the call is denied.'}
        </li>
      ) : null}
    </ol>
  );
}
