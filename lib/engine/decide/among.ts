/** What a part of a policy decides: the rules from one index to another, in their order. */
import type { CompiledPolicy } from './compile';
import { isWaiting } from '../conditions/condition-value';
import { choicesOf, evaluator } from './evaluator';
import { judge } from './judge';
import { readCall, scopeFacts, toolName } from '../match/facts';
import { matchRule, type MatchedRule } from '../match/match';
import type { Call, JsonObject } from '../model/model';

/** A decision by one of some rules. */
export interface AmongVerdict {
  readonly effect: 'allow' | 'deny';
  /** The index of the rule in the policy. */
  readonly index: number;
}

export type RulesVerdict = AmongVerdict | 'none' | 'undecided';

/**
 * What the first of the rules from index `from` up to, but without, `to` decides that decides anything; `none` where none does, `undecided`
 * where that waits for unknown facts. Never throws.
 */
export function decideAmong(compiled: CompiledPolicy, call: Call, from: number, to: number): RulesVerdict {
  const read = readCall(call);
  const { entries } = compiled.router.routeOf(read);
  return verdictOf(
    compiled,
    read,
    entries.filter(({ rule }) => rule.index >= from && rule.index < to),
  );
}

/** The same for some rules, by their indices in ascending order: quicker where they are few, as nothing is remembered of the call. */
export function decideByRules(compiled: CompiledPolicy, call: Call, indices: readonly number[]): RulesVerdict {
  const read = readCall(call);
  const [name, facts] = [toolName(read), scopeFacts(read)];
  const entries = indices.flatMap((index) => {
    const rule = compiled.rules[index];
    return (rule && matchRule(rule, name, facts, compiled.readings)) ?? [];
  });
  return verdictOf(compiled, read, entries);
}

function verdictOf(compiled: CompiledPolicy, read: JsonObject, entries: readonly MatchedRule[]): RulesVerdict {
  const { effect, decidedBy, end } = judge(entries, evaluator(compiled, read), choicesOf(compiled));
  if (decidedBy.kind === 'default') return 'none';
  const index = entries[end]?.rule.index;
  return decidedBy.kind === 'undecided' || effect === 'conditional' || index === undefined
    ? 'undecided'
    : { effect, index };
}

/** What one rule makes of a call by itself: whether it applies, and what its condition comes to (`true` where it has none). */
export type RuleOutcome = 'does-not-apply' | 'true' | 'false' | 'error' | 'unknown';

/** Never throws. A gated rule without a condition is an error. */
export function ruleOutcome(compiled: CompiledPolicy, call: Call, index: number): RuleOutcome {
  const read = readCall(call);
  const rule = compiled.rules[index];
  const entry = rule && matchRule(rule, toolName(read), scopeFacts(read), compiled.readings);
  if (!entry) return 'does-not-apply';
  if (entry.truth === 'maybe') return 'unknown';
  const value = evaluator(compiled, read)(entry);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return isWaiting(value) ? 'unknown' : 'error';
}
