import type { Call } from '../../engine';
import { canBe, findOpposed, TRUE, verdictOf, type RuleRegion } from '../../regions';
import { withWork } from '../work';
import { listed, named, ofActive, removal, ruleFinding } from '../build';
import type { CheckedPolicy, FindingCheck } from '../model';

export const shadowed: FindingCheck = {
  code: 'shadowed',
  what: 'No call can reach the rule: the rules above it, together, decide all of its calls.',
  why: 'The rule looks as if it did something. Where a rule above has another effect, the policy does the opposite of what the rule says.',
  example: '`Allow all` above `Deny deletes`: the second rule never decides.',
  remedy: 'Move the rule above those that cover it, or remove it.',
  find: ofActive((checked, rule) => {
    const reach = checked.reach(rule);
    if (reach.kind !== 'blocked') return [];
    const { by, call } = reach;
    const others = by.filter((one) => isOtherEffect(one, rule));
    const opposite = others.length > 0 ? others : deciderOfOtherEffect(checked, rule, call);
    const taking = call ? deciderAbove(checked, rule, call) : [];
    const blocking = [...new Set([...by, ...opposite, ...taking])];
    const says =
      opposite.length > 0
        ? `; ${listed(opposite.map((one) => named(one.rule)))} ${opposite.length === 1 ? 'has' : 'have'} another effect`
        : '';
    return [
      ruleFinding('shadowed', rule.rule, rule.index, {
        severity: 'warning',
        certainty: 'proven',
        message: `no call reaches this rule: ${listed(blocking.map((one) => named(one.rule)))} above ${blocking.length === 1 ? 'decides' : 'decide'} all of its calls${says}`,
        related: blocking,
        ...(call ? { witness: call } : {}),
        fix: removal(rule.rule),
      }),
    ];
  }),
};

/** A gate may be one that only ever denies. */
const isOtherEffect = (a: RuleRegion, b: RuleRegion): boolean => {
  const [denying, other] = a.rule.effect === 'deny' ? [a, b] : [b, a];
  return denying.rule.effect === 'deny' && other.rule.effect !== 'deny' && canBe(other.allows, TRUE);
};

/** A cover can be complete without the rule of another effect that really takes calls: it is named as well. `call`: one to try first. */
function deciderOfOtherEffect(checked: CheckedPolicy, rule: RuleRegion, call: Call | undefined): readonly RuleRegion[] {
  const { region } = checked;
  const tryFirst = call ? [call] : [];
  const answer = withWork(checked, (limit) => findOpposed(region, rule, { tryFirst, limit }));
  return answer.kind === 'call' ? deciderAbove(checked, rule, answer.call) : [];
}

/** The rule above that decides a call, if one does. */
function deciderAbove({ region }: CheckedPolicy, rule: RuleRegion, call: Call): readonly RuleRegion[] {
  const decider = verdictOf({ region, from: 0, to: rule.index, default: false }, call)?.rule;
  return decider ? [decider] : [];
}
