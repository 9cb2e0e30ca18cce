import type { Bundle } from '../bundle';
import {
  compilePolicy,
  decide,
  type Call,
  type CompiledPolicy,
  type Decision,
  type RuleId,
  type DecisionStep,
} from '../engine';
import { redact, type RedactedBundle, type Redaction } from './redact';

/** A value that a condition needs: with a stand-in for it, a call is decided otherwise, or a rule comes to something else. */
export interface NeededValue {
  readonly value: string | number;
  /** The rules that look at it. */
  readonly rules: readonly RuleId[];
  /** How many calls and tests need it. */
  readonly calls: number;
}

export interface RedactionPlan extends RedactedBundle {
  /** Calls of the trace and of tests that were decided twice. */
  readonly decided: number;
  /** Calls of which, with stand-ins, the effect, the deciding rule or the outcome of a step is another one. */
  readonly changed: number;
  /** What has to be kept so that none is; empty where nothing changed. */
  readonly needs: readonly NeededValue[];
}

const ROUNDS = 5;

/**
 * Redacts a bundle and decides every call of it again. Where all decisions stay, step by step, the bundle may be shared; where not, the
 * values are named that have to stay: as few of a call as its decision needs.
 */
export async function planRedaction(bundle: Bundle, keep: ReadonlySet<string> = new Set()): Promise<RedactionPlan> {
  const policy = await compilePolicy(bundle);
  const calls = [...(bundle.trace ?? []), ...(bundle.tests ?? []).map(({ call }) => call)];
  const before = calls.map((call) => decide(policy, call));
  const first = redact(bundle, keep);
  let differences = differing(policy, calls, before, first, keep);
  const changed = differences.length;

  // A value that stays changes what others become, hence more than one round.
  const needs = new Map<string, { value: string | number; rules: Set<RuleId>; calls: number }>();
  for (let round = 0; round < ROUNDS && differences.length > 0; round++) {
    const kept = new Set([...keep, ...needs.keys()]);
    const redaction = round === 0 ? first : redact(bundle, kept);
    for (const { call, decision, rules } of differences) {
      for (const value of neededOf(policy, call, decision, redaction, kept)) {
        const need = needs.get(String(value));
        if (need === undefined) needs.set(String(value), { value, rules: new Set(rules), calls: 1 });
        else {
          need.calls++;
          for (const rule of rules) need.rules.add(rule);
        }
      }
    }
    const next = new Set([...keep, ...needs.keys()]);
    differences = differing(policy, calls, before, redact(bundle, next), next);
  }
  const { bundle: redacted, values, dropped } = first;
  return {
    bundle: redacted,
    values,
    dropped,
    decided: calls.length,
    changed,
    needs: [...needs.values()]
      .map(({ rules, ...need }) => ({ ...need, rules: [...rules] }))
      .sort((a, b) => b.calls - a.calls),
  };
}

interface DecisionDifference {
  readonly call: Call;
  readonly decision: Decision;
  readonly rules: readonly RuleId[];
}

function differing(
  policy: CompiledPolicy,
  calls: readonly Call[],
  before: readonly Decision[],
  redaction: Redaction,
  kept: ReadonlySet<string>,
): readonly DecisionDifference[] {
  return calls.flatMap((call, at) => {
    const decision = before[at];
    if (decision === undefined) return [];
    const after = decide(
      policy,
      redaction.redo(call, (value) => kept.has(String(value))),
    );
    return sameOutcome(decision, after) ? [] : [{ call, decision, rules: changedRules(decision, after) }];
  });
}

/** As few values of the call as its decision needs: each that can be replaced, is. */
function neededOf(
  policy: CompiledPolicy,
  call: Call,
  decision: Decision,
  redaction: Redaction,
  kept: ReadonlySet<string>,
): readonly (string | number)[] {
  const values = new Map<string, string | number>();
  redaction.redo(call, (value) => {
    if (!kept.has(String(value))) values.set(String(value), value);
    return true;
  });
  const needed = new Map(values);
  for (const text of values.keys()) {
    const others = new Set([...kept, ...needed.keys()].filter((one) => one !== text));
    const tried = decide(
      policy,
      redaction.redo(call, (value) => others.has(String(value))),
    );
    if (sameOutcome(decision, tried)) needed.delete(text);
  }
  return [...needed.values()];
}

/** Effect, deciding rule, hazards, and what became of each rule; not the values that steps quote. */
function outcomeOf({ id: _, steps, ...decision }: Decision): string {
  return JSON.stringify([decision, steps.map(stepOf)]);
}

function stepOf(step: DecisionStep): unknown {
  switch (step.kind) {
    case 'scope-mismatch':
      return [step.kind, step.facets.map(({ facet }) => facet)];
    case 'condition-error':
      return [step.kind, step.error.code, step.error.start, step.error.end];
    case 'no-pattern':
      return [step.kind];
    default: {
      const { ruleId: _, ...outcome } = step;
      return outcome;
    }
  }
}

const sameOutcome = (a: Decision, b: Decision): boolean => outcomeOf(a) === outcomeOf(b);

function changedRules(before: Decision, after: Decision): readonly RuleId[] {
  const changed = before.steps.flatMap((step, at) => {
    const now = after.steps[at];
    return now !== undefined && JSON.stringify(stepOf(step)) === JSON.stringify(stepOf(now)) ? [] : [step];
  });
  // Rules that were not reached changed only because of one that was.
  const own = changed.filter(({ kind }) => kind !== 'not-reached');
  return (own.length > 0 ? own : changed).map(({ ruleId }) => ruleId);
}
