/** Whether each active rule can decide a call: what several checks start from. */
import { conditionExpression, decidingOutcomes, findBox, findDecided, findMatch, type RuleRegion } from '../regions';
import { withWork } from './work';
import type { CallsReaching, CheckedPolicy } from './model';

export function reachOf(checked: CheckedPolicy, rule: RuleRegion): CallsReaching {
  const { region } = checked;
  const answer = withWork(checked, (limit) => findDecided(region, rule, { limit }));
  if (answer.kind === 'call') return { kind: 'decides', call: answer.call };
  if (isBroken(rule)) return { kind: 'broken' };
  const decides = decidingOutcomes(region, rule);
  const byCondition = withWork(checked, (limit) => findBox([{ formula: rule.condition, outcomes: decides }], limit));
  if (byCondition.kind === 'none') return { kind: 'condition' };
  if (answer.kind === 'unknown') return { kind: 'unknown' };
  const match = withWork(checked, (limit) => findMatch(region, rule, { limit }));
  if (match.kind === 'none') return { kind: 'nothing' };
  return { kind: 'blocked', by: answer.because, call: match.kind === 'call' ? match.call : undefined };
}

/** What does not compile, and a gate without a condition, have findings of their own. */
export const isBroken = ({ rule: { condition } }: RuleRegion): boolean =>
  condition !== null && conditionExpression(condition) === undefined;
