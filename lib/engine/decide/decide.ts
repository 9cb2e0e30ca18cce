/** Deciding a call (docs/semantics.md, "Decision"): total, pure, and with its reasons. */
import { explain, type Explanation } from '../../cel';
import { compiledRule, type CompiledPolicy } from './compile';
import type { Decision } from '../model/decision';
import { choicesOf, evaluator } from './evaluator';
import { activationOf, callIdOf, MEMBERS, readCall, scopeFacts, toolName } from '../match/facts';
import { hazardsOf } from './hazards';
import { judge } from './judge';
import { lineUpOf } from './line-up';
import { callId, type Call, type DecisionRow, type RuleId } from '../model/model';
import type { Readings } from '../model/readings';
import { matchRule } from '../match/match';
import { stepOf } from './steps';

/** A call's decision with one step per rule. Never throws, whatever the call holds. */
export function decide(compiled: CompiledPolicy, call: Call): Decision {
  const read = readCall(call);
  const choices = choicesOf(compiled);
  const valueOf = evaluator(compiled, read);
  const route = compiled.router.routeOf(read);
  const judgement = judge(route.entries, valueOf, choices);
  const facts = { tool: toolName(read), scope: scopeFacts(read), actual: new Map(), valueOf };
  const last = route.entries[judgement.end]?.rule.index ?? Infinity;
  const entries = new Map(route.entries.map((entry) => [entry.rule, entry]));
  const decision = {
    id: callId(callIdOf(read)),
    effect: judgement.effect,
    decidedBy: judgement.decidedBy,
    hazards: hazardsOf(route, judgement, valueOf, choices),
    steps: compiled.rules.map((rule) =>
      stepOf(rule, { entry: entries.get(rule), reached: rule.index <= last }, facts, choices),
    ),
  };
  if (decision.decidedBy.kind !== 'gate') return decision;
  const { effect, decidedBy } = judge(route.entries, valueOf, { ...choices, gatedWhenFalse: 'continue' });
  return { ...decision, underContinue: { effect, decidedBy } };
}

/** The decision alone, without steps: what a replay of many calls needs. Equal to what `decide` gives. */
export function decideRow(compiled: CompiledPolicy, call: Call): DecisionRow {
  const read = readCall(call);
  return { id: callId(callIdOf(read)), ...lineUpOf(compiled, read).answer };
}

/** The decision as it would be under other readings, computed from the ground up: what hazards are compared with. */
export function decideUnder(
  compiled: CompiledPolicy,
  call: Call,
  readings: Readings,
): Pick<DecisionRow, 'effect' | 'decidedBy'> {
  const read = readCall(call);
  const entries = compiled.rules.flatMap((rule) => matchRule(rule, toolName(read), scopeFacts(read), readings) ?? []);
  const { effect, decidedBy } = judge(entries, evaluator(compiled, read), {
    ...choicesOf(compiled),
    readings,
    flipped: true,
  });
  return { effect, decidedBy };
}

/**
 * The opened step of a rule: every sub-expression's value with its range, and for a condition that is false or in error the nearest
 * reason. Undefined where the rule has no condition, or one that does not compile.
 */
export function explainCondition(compiled: CompiledPolicy, ruleId: RuleId, call: Call): Explanation | undefined {
  const index = compiledRule(compiled, ruleId)?.condition;
  const condition = index === undefined ? undefined : compiled.conditions[index];
  if (!condition?.program) return undefined;
  const read = readCall(call);
  try {
    // All members, read or not: a misspelt one is explained by those that there are.
    return explain(condition.program, activationOf(read, MEMBERS, compiled.readings));
  } catch {
    return undefined;
  }
}
