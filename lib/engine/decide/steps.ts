/** One step for each rule: what became of it, and why. */
import { isWaiting, type ConditionValue } from '../conditions/condition-value';
import type { FacetMismatch, StepOutcome, DecisionStep } from '../model/decision';
import { waitsForOf } from './judge';
import type { Facet } from '../model/model';
import { settle, type EvaluationChoices } from './outcome';
import { matchTool, type CompiledRule, type MatchedRule } from '../match/match';
import { actualValues, matchFacet, type ScopeFacts } from '../match/scope';

/** Where one rule is in an evaluation. */
export interface RuleReach {
  /** Undefined where the rule certainly does not apply. */
  readonly entry: MatchedRule | undefined;
  /** Whether a rule above certainly decides, unless one further above does. */
  readonly reached: boolean;
}

export interface StepFacts {
  readonly tool: string | null | undefined;
  readonly scope: ScopeFacts;
  /** Worked out once a facet, for many rules fail on the same one. */
  readonly actual: Map<Facet, readonly string[]>;
  valueOf(entry: MatchedRule): ConditionValue;
}

export function stepOf(
  rule: CompiledRule,
  reach: RuleReach,
  facts: StepFacts,
  choices: EvaluationChoices,
): DecisionStep {
  return { ruleId: rule.rule.id, ...outcomeOf(rule, reach, facts, choices) };
}

function outcomeOf(
  rule: CompiledRule,
  { entry, reached }: RuleReach,
  facts: StepFacts,
  choices: EvaluationChoices,
): StepOutcome {
  if (!rule.active) return { kind: 'not-active' };
  if (!reached) return { kind: 'not-reached' };
  if (!entry) return mismatch(rule, facts, choices);
  const value = facts.valueOf(entry);
  const settled = settle(entry, value, choices);
  switch (settled.kind) {
    case 'passed':
      return settled.error
        ? { kind: 'condition-error', error: plainError(settled.error) }
        : { kind: 'condition-false' };
    case 'decides':
      return settled.by === 'gate'
        ? { kind: 'gate-denied' }
        : { kind: 'matched', pattern: matchedPattern(rule, facts, choices) };
    case 'may-decide':
      return {
        kind: 'unknown',
        unknown: [
          ...(entry.open?.facets.length ? (['scope'] as const) : []),
          ...(entry.open?.patterns ? (['tool'] as const) : []),
          ...(isWaiting(value) ? (['condition'] as const) : []),
        ],
        waitsFor: waitsForOf({ entry, settled }),
      };
  }
}

function mismatch(rule: CompiledRule, facts: StepFacts, { readings }: EvaluationChoices): StepOutcome {
  const facets: FacetMismatch[] = rule.scope
    .filter(({ facet, selectors }) => matchFacet(facet, selectors, facts.scope, readings) === 'no')
    .map(({ facet, written }) => ({ facet, expected: written, actual: actualOf(facet, facts) }));
  if (facets.length > 0) return { kind: 'scope-mismatch', facets };
  return { kind: 'no-pattern', tool: facts.tool, tried: rule.patterns.map(({ pattern }) => pattern) };
}

function actualOf(facet: Facet, { actual, scope }: StepFacts): readonly string[] {
  let found = actual.get(facet);
  if (!found) actual.set(facet, (found = actualValues(facet, scope)));
  return found;
}

function matchedPattern(rule: CompiledRule, facts: StepFacts, { readings }: EvaluationChoices): string {
  const one = rule.patterns.find((pattern) => matchTool({ patterns: [pattern] }, facts.tool, readings) === 'yes');
  return one?.pattern ?? '';
}

/** The error alone, without what the evaluator keeps beside it. */
function plainError({ code, message, start, end }: { code: string; message: string; start: number; end: number }) {
  return { code, message, start, end };
}
