/** Which rules apply to a call, its conditions aside: the plain reading of scope and patterns, rule by rule. */
import type { Effect, Facet, Rule } from '../model/model';
import { matchesEveryName } from './matchers';
import type { NameMatcher } from './patterns';
import type { Readings, Truth } from '../model/readings';
import { facetWaitsFor, matchFacet, matchScope, type ParsedScope, type ScopeFacts, type Selector } from './scope';

export interface CompiledRule {
  readonly index: number;
  readonly rule: Rule;
  readonly effect: Effect;
  readonly active: boolean;
  readonly scope: ParsedScope;
  readonly patterns: readonly CompiledPattern[];
  /** Index of its condition in the policy's list; undefined where it has none. */
  readonly condition: number | undefined;
}

export interface CompiledPattern {
  readonly pattern: string;
  matcher(readings: Readings): NameMatcher;
}

/** A rule that applies, or may apply, to the calls of a route. */
export interface MatchedRule {
  readonly rule: CompiledRule;
  /** Whether scope and pattern match: `no` is not in the list. */
  readonly truth: 'yes' | 'maybe';
  /** What a `maybe` hangs on. */
  readonly open: OpenMatch | undefined;
}

export interface OpenMatch {
  /** Facets that may hold, each with the selectors that may. */
  readonly facets: readonly { readonly facet: Facet; readonly selectors: readonly Selector[] }[];
  /** The patterns that may match a name that is not known; undefined where the tool is settled. */
  readonly patterns: readonly string[] | undefined;
  /** The CEL paths of the unknown facts, sorted. */
  readonly waitsFor: readonly string[];
}

/** What is certain of a tool's name against a rule's patterns. */
export function matchTool(
  { patterns }: Pick<CompiledRule, 'patterns'>,
  name: string | null | undefined,
  readings: Readings,
): Truth {
  if (name === null) return 'no';
  if (name === undefined) {
    if (patterns.some(({ pattern }) => matchesEveryName(pattern, readings))) return 'yes';
    return patterns.length > 0 ? 'maybe' : 'no';
  }
  return patterns.some((pattern) => pattern.matcher(readings)(name)) ? 'yes' : 'no';
}

/** Whether a rule applies to calls of these facts, its condition aside; undefined where it certainly does not. */
export function matchRule(
  rule: CompiledRule,
  name: string | null | undefined,
  facts: ScopeFacts,
  readings: Readings,
): MatchedRule | undefined {
  return rule.active ? matchRuleOfTool(rule, matchTool(rule, name, readings), facts, readings) : undefined;
}

/** The same for an active rule, where it is known what its patterns say of the tool. */
export function matchRuleOfTool(
  rule: CompiledRule,
  tool: Truth,
  facts: ScopeFacts,
  readings: Readings,
): MatchedRule | undefined {
  const scope = tool === 'no' ? 'no' : matchScope(rule.scope, facts, readings);
  if (scope === 'no') return undefined;
  if (scope === 'yes' && tool === 'yes') return { rule, truth: 'yes', open: undefined };
  return { rule, truth: 'maybe', open: openQuestions(rule, tool, facts, readings) };
}

/** What is between a rule that may apply and the answer. */
export function openQuestions(rule: CompiledRule, tool: Truth, facts: ScopeFacts, readings: Readings): OpenMatch {
  const maybe = rule.scope.filter(({ facet, selectors }) => matchFacet(facet, selectors, facts, readings) === 'maybe');
  const facets = maybe.map(({ facet, selectors }) => ({
    facet,
    selectors: selectors.filter((selector) => matchFacet(facet, [selector], facts, readings) === 'maybe'),
  }));
  const waitsFor = facets.flatMap(({ facet, selectors }) => facetWaitsFor(facet, selectors, facts));
  if (tool === 'maybe') waitsFor.push('tool.name');
  return {
    facets,
    patterns: tool === 'maybe' ? rule.patterns.map(({ pattern }) => pattern) : undefined,
    waitsFor: [...new Set(waitsFor)].sort(),
  };
}
