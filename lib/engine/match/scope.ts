/**
 * Scope (docs/semantics.md, "Scope"): each facet a list of selectors, matched against the facts of a call, three-valued. Facets combine with AND;
 * a fact that is known to be absent never matches.
 */
import { FACETS, type Facet, type Scope } from '../model/model';
import { combineValues, comparable, type Readings, type Truth } from '../model/readings';

/** A fact that selectors are matched against, in one call: its values (none where absent), undefined where unknown. */
export type FactValues = readonly string[] | undefined;

export interface SelectorSource {
  /** The CEL path by which a decision names the fact. */
  readonly path: string;
  /** Which selectors are matched against it: plain names, or `tag:NAME`. */
  readonly kind: 'name' | 'tag';
}

/** The facts behind each facet. */
export const SOURCES = {
  resources: [
    { path: 'resource.slug', kind: 'name' },
    { path: 'resource.tags', kind: 'tag' },
  ],
  agents: [
    { path: 'agent.slug', kind: 'name' },
    { path: 'agent.tags', kind: 'tag' },
  ],
  instances: [
    { path: 'instance.id', kind: 'name' },
    { path: 'instance.tags', kind: 'tag' },
  ],
  users: [
    { path: 'user.id', kind: 'name' },
    { path: 'user.email', kind: 'name' },
  ],
  groups: [{ path: 'user.groups', kind: 'name' }],
} as const satisfies Record<Facet, readonly SelectorSource[]>;

/** The facts of one call, facet by facet, in the order of `SOURCES`. */
export type ScopeFacts = { readonly [F in Facet]: readonly FactValues[] };

/** Facts of a call of which nothing is known. */
export const NO_FACTS: ScopeFacts = { resources: [], agents: [], instances: [], users: [], groups: [] };

export interface Selector {
  readonly kind: 'name' | 'tag';
  readonly value: string;
}

const TAG = 'tag:';

/** Facets whose entities have tags; in the others `tag:x` would be a name like any other. */
export function hasTags(facet: Facet): boolean {
  return SOURCES[facet].some((source) => source.kind === 'tag');
}

export function parseSelector(facet: Facet, selector: string): Selector {
  return selector.startsWith(TAG) && hasTags(facet)
    ? { kind: 'tag', value: selector.slice(TAG.length) }
    : { kind: 'name', value: selector };
}

export type ParsedScope = readonly {
  readonly facet: Facet;
  readonly written: readonly string[];
  readonly selectors: readonly Selector[];
}[];

/** The facets that have selectors, parsed. */
export function parseScope(scope: Scope): ParsedScope {
  return FACETS.filter((facet) => scope[facet].length > 0).map((facet) => ({
    facet,
    written: scope[facet],
    selectors: scope[facet].map((selector) => parseSelector(facet, selector)),
  }));
}

/** Whether a facet holds of the facts. */
export function matchFacet(facet: Facet, selectors: readonly Selector[], facts: ScopeFacts, readings: Readings): Truth {
  return combineValues(
    selectors.map((selector) => matchSelector(facet, selector, facts, readings)),
    readings,
  );
}

function matchSelector(facet: Facet, selector: Selector, facts: ScopeFacts, readings: Readings): Truth {
  const wanted = comparable(selector.value, readings);
  let answer: Truth = 'no';
  SOURCES[facet].forEach((source, i) => {
    if (source.kind !== selector.kind) return;
    const values = facts[facet][i];
    if (values === undefined) answer = answer === 'yes' ? 'yes' : 'maybe';
    else if (values.some((value) => comparable(value, readings) === wanted)) answer = 'yes';
  });
  return answer;
}

/** Whether a whole scope holds: a facet that fails makes it fail, whatever is not known of the others. */
export function matchScope(scope: ParsedScope, facts: ScopeFacts, readings: Readings): Truth {
  let answer: Truth = 'yes';
  for (const { facet, selectors } of scope) {
    const truth = matchFacet(facet, selectors, facts, readings);
    if (truth === 'no') return 'no';
    if (truth === 'maybe') answer = 'maybe';
  }
  return answer;
}

/** The unknown facts that a facet's answer depends on. */
export function facetWaitsFor(facet: Facet, selectors: readonly Selector[], facts: ScopeFacts): string[] {
  return SOURCES[facet]
    .filter((source, i) => facts[facet][i] === undefined && selectors.some((selector) => selector.kind === source.kind))
    .map((source) => source.path);
}

/** What a call has for a facet, in the syntax of selectors; nothing where it is absent or unknown. */
export function actualValues(facet: Facet, facts: ScopeFacts): string[] {
  return SOURCES[facet].flatMap((source, i) =>
    (facts[facet][i] ?? []).map((value) => (source.kind === 'tag' ? `${TAG}${value}` : value)),
  );
}
