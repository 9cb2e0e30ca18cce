import { FACETS, parseSelector, type Call, type Facet } from '../engine';

/** How a scope can name what a call has for a facet: by any of the names, or why by none. */
export type FacetNames =
  | { readonly kind: 'names'; readonly names: readonly [string, ...string[]] }
  | { readonly kind: 'unknown-fact' | 'absent-fact' | 'no-selector'; readonly fact: string };

/** A fact as it is in a call: undefined where unknown, null where absent or of another type. */
type ReadFact = string | null | undefined;

const textIn = (part: object | null | undefined, key: string): ReadFact => {
  if (part === undefined || part === null) return part;
  const value = (part as Record<string, unknown>)[key];
  return value === undefined || typeof value === 'string' ? value : null;
};

const PATHS: Record<Facet, string> = {
  resources: 'resource.slug',
  agents: 'agent.slug',
  instances: 'instance.id',
  users: 'user.email',
  groups: 'user.groups',
};

/** The names of a call that a scope's facet is matched against (docs/semantics.md, "Scope"). A user is named by its address where that is known. */
export function namesOf(facet: Facet, call: Call): FacetNames {
  const fact = PATHS[facet];
  const found = factsOf(facet, call);
  if (found === undefined) return { kind: 'unknown-fact', fact };
  if (found.length === 0) return { kind: 'absent-fact', fact };
  const [first, ...more] = found.filter((name) => isSelector(facet, name));
  return first === undefined ? { kind: 'no-selector', fact } : { kind: 'names', names: [first, ...more] };
}

/** Every name by which a scope could mean the call; undefined where that is not known. */
export function factsOf(facet: Facet, call: Call): readonly string[] | undefined {
  switch (facet) {
    case 'resources':
      return listOf(textIn(call.resource, 'slug'));
    case 'agents':
      return listOf(textIn(call.agent, 'slug'));
    case 'instances':
      return listOf(textIn(call.instance, 'id'));
    case 'users': {
      const [email, id] = [textIn(call.user, 'email'), textIn(call.user, 'id')];
      if (typeof email === 'string') return [email, ...(typeof id === 'string' && id !== email ? [id] : [])];
      return typeof id === 'string' ? [id] : email === undefined || id === undefined ? undefined : [];
    }
    case 'groups': {
      const groups = call.user === undefined || call.user === null ? call.user : call.user.groups;
      if (groups === undefined) return undefined;
      return Array.isArray(groups) ? (groups as readonly unknown[]).filter((group) => typeof group === 'string') : [];
    }
  }
}

const listOf = (fact: ReadFact): readonly string[] | undefined =>
  fact === undefined ? undefined : fact === null ? [] : [fact];

/** The tool's name: undefined where unknown, null where absent. */
export const toolOf = (call: Call): ReadFact => textIn(call.tool, 'name');

/** `tag:x` as an agent's name would mean a tag. */
const isSelector = (facet: Facet, name: string): boolean => name !== '' && parseSelector(facet, name).kind === 'name';

/** Facets in the order of a scope. */
export const inScopeOrder = (facets: readonly Facet[]): readonly Facet[] =>
  FACETS.filter((facet) => facets.includes(facet));
