import type { Call } from '../engine';
import { findBelow, verdictOf, type RuleRegion } from '../regions';
import type { CheckedPolicy } from './model';

/** A call that a rule does not decide, and that a rule below allows. */
interface CallAllowedBelow {
  readonly call: Call;
  /** The rule that allows it. */
  readonly by: RuleRegion | undefined;
}

/** A call for which a rule's condition has one of some outcomes, and which a rule below then allows; undefined where none was found. */
export function callAllowedBelow(
  { region, memory }: CheckedPolicy,
  rule: RuleRegion,
  code: string,
  outcomes: Parameters<typeof findBelow>[2]['outcomes'],
): CallAllowedBelow | undefined {
  const key = `${code} ${rule.rule.id}`;
  const before = memory.get(key);
  const answer = findBelow(region, rule, { outcomes, effect: 'allow' }, before ? { tryFirst: [before] } : {});
  if (answer.kind !== 'call') return undefined;
  memory.set(key, answer.call);
  const below = { region, from: rule.index + 1, to: region.rules.length, default: true };
  return { call: answer.call, by: verdictOf(below, answer.call)?.rule };
}
