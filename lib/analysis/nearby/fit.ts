/** How much of a rule fits a call already: of two rules that did not match it, the one that fits better is taken for the one that was meant. */
import { FACETS, type Call, type DecisionStep, type Rule } from '../../engine';
import type { AimedRule } from './rule-aims';

/** How many restrictive parts match: facets of the scope, the tool, terms of the condition. */
export function fitOf({ rule, terms }: AimedRule, step: DecisionStep, call: Call): number {
  const without = scopeAndToolFit(rule, step);
  if (terms === undefined || !CONDITION_STEPS.has(step.kind)) return without;
  return without + terms.countHolding(call);
}

/** The same without the terms of the condition. */
export function scopeAndToolFit({ scope, tools }: Rule, step: DecisionStep): number {
  const facets = FACETS.filter((facet) => scope[facet].length > 0).length;
  if (step.kind === 'scope-mismatch') return facets - step.facets.length;
  return facets + (step.kind === 'no-pattern' || tools.includes('*') ? 0 : 1);
}

const CONDITION_STEPS: ReadonlySet<DecisionStep['kind']> = new Set([
  'condition-false',
  'condition-error',
  'gate-denied',
  'unknown',
]);
