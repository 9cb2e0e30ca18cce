import type { Call } from '../engine';
import { findBelow, verdictOf, wholePolicy, type RuleRegion } from '../regions';
import { withWork } from './work';
import type { CheckedPolicy } from './model';

/** A call that a rule does not decide, and that a rule below allows. */
interface CallAllowedBelow {
  readonly call: Call;
  /** The rule that allows it. */
  readonly by: RuleRegion | undefined;
}

/** A call for which a rule's condition has one of some outcomes, and which a rule below then allows; undefined where none was found. */
export function callAllowedBelow(
  checked: CheckedPolicy,
  rule: RuleRegion,
  outcomes: Parameters<typeof findBelow>[2]['outcomes'],
): CallAllowedBelow | undefined {
  const { region } = checked;
  const answer = withWork(checked, (limit) => findBelow(region, rule, { outcomes, effect: 'allow' }, { limit }));
  // Under the profile of a gateway, a rule that fails may deny.
  if (answer.kind !== 'call' || verdictOf(wholePolicy(region), answer.call)?.effect !== 'allow') return undefined;
  const below = { region, from: rule.index + 1, to: region.rules.length, default: true };
  return { call: answer.call, by: verdictOf(below, answer.call)?.rule };
}
