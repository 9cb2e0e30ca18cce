import { foldSteps, nearRules } from '@/lib/wording';
import type { Rule, RuleId } from '@/lib/engine';
import type { ComparedSide } from '@/lib/worker';
import { StepItem } from '../explain/step-item';

/** A decision with its reasons. */
export type ExplainedSide = Pick<ComparedSide, 'decision' | 'conditions' | 'misses'>;

interface SideStepsProps {
  label: string;
  side: ExplainedSide;
  /** The rules of the policy on this side. */
  rules: readonly Rule[];
  /** Rules worth a line of their own: those that decide on either side. */
  keep: readonly RuleId[];
}

/** What decided a call under one policy, and the closest rules; the others in brief. */
export function SideSteps({ label, side: { decision, misses, conditions }, rules, keep }: SideStepsProps) {
  return (
    <ol aria-label={label} className="space-y-1">
      {foldSteps(decision.steps, new Set([...nearRules(misses), ...keep])).map((one) => {
        if (one.kind === 'run') {
          return (
            <li key={`run ${one.from}`} className="px-2 py-0.5 text-xs text-ink-2">
              {one.words}
            </li>
          );
        }
        const step = decision.steps[one.index];
        return step === undefined ? null : (
          <StepItem
            key={`${one.index} ${step.ruleId}`}
            step={step}
            position={one.index + 1}
            rule={rules[one.index]}
            view={conditions[step.ruleId]}
          />
        );
      })}
      {decision.decidedBy.kind === 'default' ? (
        <li className="rounded-md bg-deny-soft px-2 py-1.5 text-sm text-deny">
          {decision.steps.length === 0 ? 'The policy has no rules.' : 'No rule matched.'}
        </li>
      ) : null}
    </ol>
  );
}
