import { verdictOf, type RuleRegion } from '../../regions';
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
    const blocking = others.length > 0 ? by : [...by, ...deciderOfOtherEffect(checked, rule)];
    const opposite = blocking.filter((one) => isOtherEffect(one, rule));
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

const isOtherEffect = (a: RuleRegion, b: RuleRegion): boolean =>
  (a.rule.effect === 'deny') !== (b.rule.effect === 'deny');

/** A cover can be complete without the rule of another effect that really takes the calls: it is named as well. */
function deciderOfOtherEffect({ region, reach }: CheckedPolicy, rule: RuleRegion): readonly RuleRegion[] {
  const own = reach(rule);
  const call = own.kind === 'blocked' ? own.call : undefined;
  const decider = call && verdictOf({ region, from: 0, to: rule.index, default: false }, call)?.rule;
  return decider && isOtherEffect(decider, rule) ? [decider] : [];
}
