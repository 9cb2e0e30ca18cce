/** A policy made ready to decide many calls (docs/semantics.md, "Decision": compiling may await, deciding never does). */
import { compileCondition, NO_CONDITION, type RuleCondition } from '../conditions/conditions';
import { fillRule } from '../model/defaults';
import { EFFECTS, FACETS, ruleId, type Policy, type Rule, type RuleId, type Settings } from '../model/model';
import { loadMatchers, type MatcherFactory } from '../match/matchers';
import type { NameMatcher } from '../match/patterns';
import { patternReading, readingsOf, variantsOf, type Readings } from '../model/readings';
import type { CompiledPattern, CompiledRule } from '../match/match';
import { Router } from '../routes/routes';
import { parseScope } from '../match/scope';

/** Opaque to others: what `decide` and `decideRow` take. */
export interface CompiledPolicy {
  readonly policy: Policy;
  /** What it is decided under: ours, and what the gateway's profile says. */
  readonly readings: Readings;
  readonly rules: readonly CompiledRule[];
  readonly conditions: readonly RuleCondition[];
  readonly router: Router;
}

/**
 * Never fails: a condition that does not compile becomes an error step, a tool pattern that is not valid matches nothing, and a rule that
 * is no rule at all applies to nothing.
 *
 * @param near a similar policy: its conditions are taken over where text and readings are the same
 */
export async function compilePolicy(policy: Policy, near?: CompiledPolicy): Promise<CompiledPolicy> {
  const written: readonly Rule[] = Array.isArray(policy?.rules) ? policy.rules : [];
  const rules = written.map(soundRule);
  const matchers = await loadMatchers(rules.flatMap((rule) => rule?.tools ?? []));
  const settings: Partial<Settings> | undefined = policy?.settings;
  const readings = readingsOf(settings?.readings);
  const conditions = new CompiledConditions();
  const compiled = written.map((given, index): CompiledRule => {
    const rule = rules[index];
    if (!rule) return brokenRule(given, index);
    return {
      index,
      rule,
      effect: rule.effect,
      active: rule.status === 'active',
      scope: parseScope(rule.scope),
      patterns: rule.tools.map((pattern) => lazyPattern(pattern, matchers)),
      condition: conditions.indexOf(rule),
    };
  });
  const ready = await conditions.compile(readings, near);
  return {
    policy,
    readings,
    rules: compiled,
    conditions: ready,
    router: new Router(compiled, readings, variantsOf(readings, settings?.readings)),
  };
}

/** The rule with the given id, if the policy has it. */
export function compiledRule(compiled: CompiledPolicy, id: RuleId): CompiledRule | undefined {
  return compiled.rules.find(({ rule }) => rule.id === id);
}

/** The conditions of a policy, each text once. */
class CompiledConditions {
  private readonly indexes = new Map<string | null, number>();

  indexOf(rule: Rule): number | undefined {
    const source = rule.condition;
    if (source === null && rule.effect !== 'gated') return undefined;
    const known = this.indexes.get(source);
    if (known !== undefined) return known;
    this.indexes.set(source, this.indexes.size);
    return this.indexes.size - 1;
  }

  async compile(readings: Readings, near?: CompiledPolicy): Promise<RuleCondition[]> {
    const isAlike = JSON.stringify(near?.readings) === JSON.stringify(readings);
    const ready: RuleCondition[] = [];
    for (const text of this.indexes.keys()) {
      const known = isAlike && near?.conditions.find((one) => one.source === text && one !== NO_CONDITION);
      ready.push(text === null ? NO_CONDITION : known || (await compileCondition(text, readings)));
    }
    return ready;
  }
}

/** A pattern whose matchers are made when first asked for: most are never needed under a flipped reading. */
function lazyPattern(pattern: string, matchers: MatcherFactory): CompiledPattern {
  const made: NameMatcher[] = [];
  return {
    pattern,
    matcher: (readings: Readings) => (made[patternReading(readings)] ??= matchers(pattern, readings)),
  };
}

/** The rule itself where its members have the types that they must have: one that has not must neither throw nor match. */
function soundRule(rule: Rule): Rule | undefined {
  const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string');
  const candidate: Partial<Rule> | null | undefined = rule;
  if (!candidate?.scope || !isTexts(candidate.tools)) return undefined;
  if (FACETS.some((facet) => !isTexts(candidate.scope?.[facet]))) return undefined;
  if (typeof candidate.id !== 'string' || !EFFECTS.some((effect) => effect === candidate.effect)) return undefined;
  return candidate.condition === null || typeof candidate.condition === 'string' ? rule : undefined;
}

/** What stands in the place of what is no rule: it has a step, and applies to nothing. */
function brokenRule(given: Partial<Rule> | null | undefined, index: number): CompiledRule {
  const id = ruleId(typeof given?.id === 'string' ? given.id : '');
  const rule = fillRule({ id, name: '', effect: 'deny', status: 'disabled', tools: [] });
  return { index, rule, effect: 'deny', active: false, scope: [], patterns: [], condition: undefined };
}
