import { compilePolicy, decideRow } from '../../engine';
import type { PolicyChangedCause } from '../cause';
import { fitting, type Divergence } from '../divergence';
import { policyAt, timeOf } from '../policy-at';

/** The log itself is the evidence, so that nothing is assumed but that it is whole. */
const ASSUMED = 0.5;

/** The policy as it was when the call was made. */
export async function policyChanged(divergence: Divergence): Promise<readonly PolicyChangedCause[]> {
  const { compiled, call, log } = divergence;
  if (log.events.length === 0 || typeof call.time !== 'string') return [];
  const rebuilt = policyAt(compiled.policy, log.events, call.time);
  const [first] = rebuilt.undone;
  const [at, changedAt] = [timeOf(call.time), timeOf(first?.time)];
  if (first === undefined || at === undefined || changedAt === undefined) return [];
  const then = decideRow(await compilePolicy(rebuilt.policy, compiled), call);
  // A change that could not be taken back may be the one that mattered.
  const common = fitting(divergence, then, rebuilt.policy.rules, ASSUMED + rebuilt.gaps.length * 0.5);
  return common ? [{ ...common, kind: 'policy-changed', events: rebuilt.undone, afterMs: changedAt - at }] : [];
}
