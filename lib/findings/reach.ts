/** Whether each active rule can decide a call: what several checks start from. */
import type { Call } from '../engine';
import {
  constant,
  ERROR,
  FALSE,
  findBox,
  findDecided,
  findMatch,
  TRUE,
  WORK_LIMIT,
  type PolicyRegion,
  type RuleRegion,
} from '../regions';
import type { CallsReaching } from './model';

export function reachOf(region: PolicyRegion, rule: RuleRegion, memory: Map<string, Call>): CallsReaching {
  const key = `reach ${rule.rule.id}`;
  const before = memory.get(key);
  const answer = findDecided(region, rule, before ? { tryFirst: [before] } : {});
  if (answer.kind === 'call') {
    memory.set(key, answer.call);
    return { kind: 'decides', call: answer.call };
  }
  if (isBroken(rule)) return { kind: 'broken' };
  const decides =
    rule.rule.effect === 'gated' && region.policy.settings.gatedWhenFalse === 'deny' ? TRUE | FALSE : TRUE;
  const byCondition = findBox([{ formula: rule.condition, outcomes: decides }], { left: WORK_LIMIT });
  if (byCondition.kind === 'none') return { kind: 'condition' };
  if (answer.kind === 'unknown') return { kind: 'unknown' };
  const match = findMatch(region, rule);
  if (match.kind === 'none') return { kind: 'nothing' };
  return { kind: 'blocked', by: answer.because, call: match.kind === 'call' ? match.call : undefined };
}

const NEVER = constant(ERROR);
const isBroken = ({ condition }: RuleRegion): boolean =>
  condition.kind === NEVER.kind && 'outcome' in condition && condition.outcome === ERROR;
