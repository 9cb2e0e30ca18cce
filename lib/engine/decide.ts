/** Deciding a call (specification, "Decision"): total, pure, and with its reasons. */
import { explain, type Explanation } from '../cel';
import { compiledRule, type CompiledPolicy } from './compile';
import type { ConditionValue } from './conditions';
import type { Decision } from './decision';
import { activationOf, callIdOf, MEMBERS, readCall, scopeFacts, toolName } from './facts';
import { hazardsOf } from './hazards';
import { judge, type ValueOf } from './judge';
import { callId, type Call, type JsonObject, type Policy, type Row, type RuleId } from './model';
import type { Choices } from './outcome';
import { OURS, type Readings } from './readings';
import { matchRule, type Entry } from './match';
import type { Route } from './routes';
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
  const row = rowOf(read, route, judgement, valueOf, choices);
  const decision = {
    ...row,
    steps: compiled.rules.map((rule) =>
      stepOf(rule, { entry: entries.get(rule), reached: rule.index <= last }, facts, choices),
    ),
  };
  if (row.decidedBy.kind !== 'gate') return decision;
  const { effect, decidedBy } = judge(route.entries, valueOf, { ...choices, gatedWhenFalse: 'continue' });
  return { ...decision, underContinue: { effect, decidedBy } };
}

/** The decision alone, without steps: what a replay of many calls needs. Equal to what `decide` gives. */
export function decideRow(compiled: CompiledPolicy, call: Call): Row {
  const read = readCall(call);
  const choices = choicesOf(compiled);
  const valueOf = evaluator(compiled, read);
  const route = compiled.router.routeOf(read);
  return rowOf(read, route, judge(route.entries, valueOf, choices), valueOf, choices);
}

/** The decision as it would be under other readings, computed from the ground up: the measure that hazards are held against. */
export function decideUnder(
  compiled: CompiledPolicy,
  call: Call,
  readings: Readings,
): Pick<Row, 'effect' | 'decidedBy'> {
  const read = readCall(call);
  const entries = compiled.rules.flatMap((rule) => matchRule(rule, toolName(read), scopeFacts(read), readings) ?? []);
  const { effect, decidedBy } = judge(entries, evaluator(compiled, read), { ...choicesOf(compiled), readings });
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
    return explain(condition.program, activationOf(read, MEMBERS));
  } catch {
    return undefined;
  }
}

export function rowOf(
  call: JsonObject,
  route: Route,
  judgement: ReturnType<typeof judge>,
  valueOf: ValueOf,
  choices: Choices,
): Row {
  return {
    id: callId(callIdOf(call)),
    effect: judgement.effect,
    decidedBy: judgement.decidedBy,
    hazards: hazardsOf(route, judgement, valueOf, choices),
  };
}

export function choicesOf(compiled: CompiledPolicy): Choices {
  const policy: Partial<Policy> | null | undefined = compiled.policy;
  return { readings: OURS, gatedWhenFalse: policy?.settings?.gatedWhenFalse === 'deny' ? 'deny' : 'continue' };
}

const TOO_DEEP: ConditionValue = {
  code: 'too-deep',
  message: 'the arguments nest too deeply to be evaluated',
  start: 0,
  end: 0,
};

/** Evaluates each condition at most once for the call, and reads the call's facts only when the first one asks. */
export function evaluator(compiled: CompiledPolicy, call: JsonObject): ValueOf {
  const values: (ConditionValue | undefined)[] = [];
  let facts: ReturnType<typeof activationOf> | undefined;
  const evaluate = (index: number): ConditionValue => {
    try {
      facts ??= activationOf(call, compiled.members);
      return compiled.conditions[index]?.evaluate(facts) ?? TOO_DEEP;
    } catch {
      // INVARIANT: conditions give errors as values; what is left to throw is the stack, on arguments of absurd depth.
      return TOO_DEEP;
    }
  };
  return ({ rule }: Entry) => {
    if (rule.condition === undefined) return true;
    return (values[rule.condition] ??= evaluate(rule.condition));
  };
}
