'use client';
import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Rule, Step } from '@/lib/engine';
import type { Explanation } from '@/lib/cel';
import { EffectBadge } from '../ui/effect-mark';
import { ConditionValues } from './condition-values';
import { stepWords } from './words';
import { Worded } from '../ui/worded';

interface StepItemProps {
  step: Step;
  position: number;
  rule: Rule | undefined;
  view: Explanation | undefined;
}

/** What became of one rule on this call; where it has a condition that was looked at, it opens to the value of every part. */
export function StepItem({ step, position, rule, view }: StepItemProps) {
  const [open, setOpen] = useState(false);
  const decided = step.kind === 'matched' || step.kind === 'gate-denied';
  const condition = rule?.condition ?? null;
  const opens = view !== undefined && condition !== null;
  const words = <Worded words={stepWords(step, rule, view)} />;
  return (
    <li
      className={clsx('rounded-md px-2 py-1.5 text-sm', decided ? 'bg-accent-soft' : 'bg-canvas')}
      data-step={step.kind}
    >
      <div className="flex items-start gap-2">
        <span className="w-5 shrink-0 text-right text-xs leading-5 text-ink-2 tabular-nums">{position}</span>
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-x-2">
            {rule === undefined ? null : <EffectBadge effect={rule.effect} />}
            <span className="font-medium">{rule?.name}</span>
          </p>
          <p className="text-ink-2">{words}.</p>
          {opens ? (
            <>
              <button
                type="button"
                aria-expanded={open}
                onClick={() => setOpen(!open)}
                className="mt-0.5 inline-flex items-center gap-0.5 rounded text-xs font-medium text-accent hover:underline pointer-coarse:min-h-9"
              >
                <ChevronRight size={12} aria-hidden className={clsx('transition-transform', open && 'rotate-90')} />
                Values in the condition
              </button>
              {open ? <ConditionValues source={condition} view={view} /> : null}
            </>
          ) : null}
        </div>
      </div>
    </li>
  );
}
