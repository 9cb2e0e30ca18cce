import { compilePolicy, decideRow, type ConditionError, type Rule } from '../../engine';
import type { ConditionErrorCause } from '../cause';
import { fitting, type Divergence } from '../divergence';

const ASSUMED = 1.5;
/** For a fact that is missing, the fact itself is the better cause (`fact.ts`). */
const ASSUMED_OF_MISSING = 2.3;
const MOST_RULES = 20;

/** Rules whose conditions err for the call as logged, and that would decide as recorded if they held. */
export async function erringCondition(divergence: Divergence): Promise<readonly ConditionErrorCause[]> {
  const { compiled, call, decision } = divergence;
  const { rules, settings } = compiled.policy;
  const found: ConditionErrorCause[] = [];
  for (const [i, step] of [...decision.steps.entries()]
    .filter(([, one]) => one.kind === 'condition-error')
    .slice(0, MOST_RULES)) {
    const rule = rules[i];
    if (step.kind !== 'condition-error' || rule === undefined) continue;
    const held = await compilePolicy({ settings, rules: rules.with(i, holding(rule)) }, compiled);
    const common = fitting(divergence, decideRow(held, call), rules, assumedOf(step.error));
    const { code, message } = step.error;
    if (common) found.push({ ...common, kind: 'condition-error', ruleId: rule.id, code, message });
  }
  return found;
}

const assumedOf = ({ code }: ConditionError): number => (code === 'no-such-key' ? ASSUMED_OF_MISSING : ASSUMED);

/** The rule as if its condition gave true. */
const holding = (rule: Rule): Rule => ({ ...rule, condition: rule.effect === 'gated' ? 'true' : null });
