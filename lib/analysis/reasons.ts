import type { Explanation } from '../cel';
import { decide, explainCondition, type Call, type CompiledPolicy, type Decision } from '../engine';
import { nearMisses, type NearMiss } from './nearby/near-miss';

/** A call's decision with all its reasons. Plain data: it can be sent to another thread. */
export interface Reasons {
  readonly call: Call;
  readonly decision: Decision;
  /** For each rule whose condition was evaluated: its value, sub-expression by sub-expression, and why. */
  readonly conditions: Readonly<Record<string, Explanation>>;
  /** The smallest changes that would change the decision, each checked by deciding it. */
  readonly misses: readonly NearMiss[];
}

const UNEVALUATED: readonly string[] = ['not-active', 'not-reached', 'scope-mismatch', 'no-pattern'];

/** Decides a call and says why, and what would have turned it. `toolNames`: those of known tools, to offer in place of the call's. */
export async function reasonsOf(
  compiled: CompiledPolicy,
  call: Call,
  toolNames: readonly string[] = [],
): Promise<Reasons> {
  const decision = decide(compiled, call);
  const conditions: Record<string, Explanation> = {};
  for (const [i, { kind, ruleId }] of decision.steps.entries()) {
    if (UNEVALUATED.includes(kind) || (compiled.policy.rules[i]?.condition ?? null) === null) continue;
    const explanation = explainCondition(compiled, ruleId, call);
    if (explanation !== undefined) conditions[ruleId] = explanation;
  }
  return { call, decision, conditions, misses: await nearMisses({ compiled, call, toolNames }, decision) };
}
