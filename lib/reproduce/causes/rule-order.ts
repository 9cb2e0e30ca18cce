import { compilePolicy, decideRow, type Rule } from '../../engine';
import type { RuleOrderCause } from '../cause';
import { fitting, type Divergence } from '../divergence';

const ASSUMED_LAST = 2.6;
const ASSUMED_FIRST = 3;
const MOST_RULES = 50;

/** The deciding rule at the bottom, or one below it at the top. */
export async function ruleOrder(divergence: Divergence): Promise<readonly RuleOrderCause[]> {
  const { compiled, call, decision } = divergence;
  const { rules, settings } = compiled.policy;
  const decided = 'ruleId' in decision.decidedBy ? decision.decidedBy.ruleId : undefined;
  const at = rules.findIndex(({ id }) => id === decided);
  const moved = async (rule: Rule, place: RuleOrderCause['place'], assumed: number): Promise<RuleOrderCause[]> => {
    const others = rules.filter((one) => one !== rule);
    const ordered = place === 'last' ? [...others, rule] : [rule, ...others];
    const common = fitting(
      divergence,
      decideRow(await compilePolicy({ settings, rules: ordered }, compiled), call),
      rules,
      assumed,
    );
    return common ? [{ ...common, kind: 'rule-order', ruleId: rule.id, place }] : [];
  };
  const decider = rules[at];
  if (decider === undefined) return [];
  const found = await moved(decider, 'last', ASSUMED_LAST);
  for (const rule of rules
    .slice(at + 1)
    .filter(isActive)
    .slice(0, MOST_RULES))
    found.push(...(await moved(rule, 'first', ASSUMED_FIRST)));
  return found;
}

const isActive = ({ status }: Rule): boolean => status === 'active';
