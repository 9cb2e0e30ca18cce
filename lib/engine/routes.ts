/**
 * Which rules can touch a call, by all that a condition does not decide: the tool's name and the scope's facts. Calls that agree in these,
 * as far as the policy tells them apart, share one `Route`, so that a trace costs little more than its conditions.
 */
import type { Effect, Facet, Reading, Rule } from './model';
import { FACETS } from './model';
import { matchesEveryName, type NameMatcher } from './patterns';
import { comparable, flipped, OURS, type Readings, type Truth } from './readings';
import { scopeFacts, toolName } from './facts';
import {
  facetWaitsFor,
  matchFacet,
  matchScope,
  SOURCES,
  type ParsedScope,
  type ScopeFacts,
  type Selector,
} from './scope';
import type { JsonObject } from './model';

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
export interface Entry {
  readonly rule: CompiledRule;
  /** Whether scope and pattern match: `no` is not in the list. */
  readonly truth: 'yes' | 'maybe';
  /** What a `maybe` hangs on. */
  readonly open: Open | undefined;
}

export interface Open {
  /** Facets that may hold, each with the selectors that may. */
  readonly facets: readonly { readonly facet: Facet; readonly selectors: readonly Selector[] }[];
  /** The patterns that may match a name that is not known; undefined where the tool is settled. */
  readonly patterns: readonly string[] | undefined;
  /** The CEL paths of the unknown facts, sorted. */
  readonly waitsFor: readonly string[];
}

export interface Route {
  /** In evaluation order. */
  readonly entries: readonly Entry[];
  /** The same under each flipped reading that changes the list. */
  readonly flips: readonly {
    readonly reading: Reading;
    readonly readings: Readings;
    readonly entries: readonly Entry[];
  }[];
}

/** The readings on which scope and patterns depend. */
const MATCHING: readonly Reading[] = ['facet-or', 'case', 'star'];
const FLIPPED = MATCHING.map((reading) => ({ reading, readings: flipped(reading) }));

/** Past this many, what is remembered is forgotten and begun anew: a hostile trace must not fill the memory. */
const MAX_REMEMBERED = 4096;

/** What is certain of a tool's name against a rule's patterns. */
export function matchTool(rule: CompiledRule, name: string | null | undefined, readings: Readings): Truth {
  if (name === null) return 'no';
  if (name === undefined) {
    if (rule.patterns.some(({ pattern }) => matchesEveryName(pattern, readings))) return 'yes';
    return rule.patterns.length > 0 ? 'maybe' : 'no';
  }
  return rule.patterns.some((pattern) => pattern.matcher(readings)(name)) ? 'yes' : 'no';
}

/** Whether a rule applies to calls of these facts, its condition aside; undefined where it certainly does not. */
export function matchRule(
  rule: CompiledRule,
  name: string | null | undefined,
  facts: ScopeFacts,
  readings: Readings,
): Entry | undefined {
  return rule.active ? matchNamed(rule, matchTool(rule, name, readings), facts, readings) : undefined;
}

/** The same for an active rule, where it is known already what its patterns say of the tool. */
function matchNamed(rule: CompiledRule, tool: Truth, facts: ScopeFacts, readings: Readings): Entry | undefined {
  const scope = tool === 'no' ? 'no' : matchScope(rule.scope, facts, readings);
  if (scope === 'no') return undefined;
  if (scope === 'yes' && tool === 'yes') return { rule, truth: 'yes', open: undefined };
  return { rule, truth: 'maybe', open: openQuestions(rule, tool, facts, readings) };
}

function openQuestions(rule: CompiledRule, tool: Truth, facts: ScopeFacts, readings: Readings): Open {
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

/** A rule with what its patterns say of a tool. */
interface Named {
  readonly rule: CompiledRule;
  readonly tool: Truth;
}

/** Finds the route of a call, and remembers it. */
export class Router {
  private readonly selected: SelectorIndex;
  private readonly byTool = new Map<string | null | undefined, Map<string, Route>>();
  private remembered = 0;
  private readonly named = new Map<Readings, Map<string | null | undefined, readonly Named[]>>();

  constructor(private readonly rules: readonly CompiledRule[]) {
    this.selected = new SelectorIndex(rules);
  }

  routeOf(call: JsonObject): Route {
    const name = toolName(call);
    const facts = scopeFacts(call);
    const key = this.selected.keyOf(facts);
    const known = this.byTool.get(name)?.get(key);
    if (known) return known;
    const route = this.makeRoute(name, facts);
    if (this.remembered++ >= MAX_REMEMBERED) {
      this.byTool.clear();
      this.remembered = 1;
    }
    const routes = this.byTool.get(name) ?? new Map<string, Route>();
    this.byTool.set(name, routes.set(key, route));
    return route;
  }

  /** The active rules that have a pattern for a tool's name: found once for each name. */
  private candidates(name: string | null | undefined, readings: Readings): readonly Named[] {
    let byName = this.named.get(readings);
    if (!byName) this.named.set(readings, (byName = new Map()));
    let found = byName.get(name);
    if (!found) {
      found = this.rules.flatMap((rule) => {
        const tool = rule.active ? matchTool(rule, name, readings) : 'no';
        return tool === 'no' ? [] : [{ rule, tool }];
      });
      if (byName.size >= MAX_REMEMBERED) byName.clear();
      byName.set(name, found);
    }
    return found;
  }

  private makeRoute(name: string | null | undefined, facts: ScopeFacts): Route {
    const under = (readings: Readings): Entry[] =>
      this.candidates(name, readings).flatMap(({ rule, tool }) => matchNamed(rule, tool, facts, readings) ?? []);
    const entries = under(OURS);
    const flips = FLIPPED.map((flip) => ({ ...flip, entries: under(flip.readings) }));
    return { entries, flips: flips.filter((flip) => !sameEntries(flip.entries, entries)) };
  }
}

function sameEntries(a: readonly Entry[], b: readonly Entry[]): boolean {
  return a.length === b.length && a.every((entry, i) => entry.rule === b[i]?.rule && entry.truth === b[i].truth);
}

/** Gives calls that no selector of a policy tells apart, under any reading, the same key. */
class SelectorIndex {
  private readonly facets: readonly {
    facet: Facet;
    codes: ReadonlyMap<string, string>;
    folded: ReadonlyMap<string, string>;
  }[];

  constructor(rules: readonly CompiledRule[]) {
    const used = FACETS.filter((facet) => rules.some((rule) => rule.scope.some((part) => part.facet === facet)));
    this.facets = used.map((facet) => {
      const codes = new Map<string, string>();
      const folded = new Map<string, string>();
      for (const { scope } of rules) {
        for (const { value } of scope.find((part) => part.facet === facet)?.selectors ?? []) {
          if (!codes.has(value)) codes.set(value, String(codes.size));
          const fold = comparable(value, flipped('case'));
          if (!folded.has(fold)) folded.set(fold, `~${folded.size}`);
        }
      }
      return { facet, codes, folded };
    });
  }

  keyOf(facts: ScopeFacts): string {
    let key = '';
    for (const { facet, codes, folded } of this.facets) {
      const code = (value: string) => codes.get(value) ?? folded.get(comparable(value, flipped('case')));
      for (let i = 0; i < SOURCES[facet].length; i++) {
        const values = facts[facet][i];
        if (values === undefined) key += '?|';
        else if (values.length === 1) key += `${code(values[0] ?? '') ?? ''}|`;
        else
          key += `${[...new Set(values.map(code))]
            .filter((one) => one !== undefined)
            .sort()
            .join()}|`;
      }
    }
    return key;
  }
}
