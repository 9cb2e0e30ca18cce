import type { FacetCount } from '@/lib/worker';
import { groupsOf, tagsOf } from '@/lib/workspace';
import type { KnownWorld } from '../session/use-catalog';
import type { SentenceTopic } from './sentence';
import { coverage } from './tool-matches';
import { counted } from '../ui/words';

/** A suggested value for a slot of a rule or a field of a call. Free text is always allowed as well. */
export interface Suggestion {
  readonly value: string;
  /** What is known of it, in words: its name, its tools, its number of calls. */
  readonly detail?: string;
  /** The resources that have the tool; empty where the trace does not say. */
  readonly of?: readonly string[];
}

interface KnownValue {
  readonly value: string;
  readonly name?: string | undefined;
  readonly has?: string | undefined;
  readonly calls?: number | undefined;
  readonly of?: readonly string[];
}

const callsBy = (counts: readonly FacetCount[] | undefined): ReadonlyMap<string, number> =>
  new Map((counts ?? []).map(({ value, count }) => [value, count]));

/**
 * Suggestions for a slot: those with the most calls first, then in the catalog's order; tags last. Tools of the selected resources come
 * before all others.
 */
export function suggestionsFor(
  place: SentenceTopic,
  { catalog, facets }: KnownWorld,
  resources: readonly string[] = [],
): readonly Suggestion[] {
  switch (place) {
    case 'tools': {
      const tools = listed([], toolsFound(catalog.resources, callsBy(facets?.tools)), facets?.tools);
      if (resources.length === 0) return tools;
      const covers = coverage(resources);
      const covered = new Set(catalog.resources.filter(covers).map(({ slug }) => slug));
      const inside = ({ of = [] }: Suggestion): boolean => of.some((slug) => covered.has(slug));
      return [...tools.filter(inside), ...tools.filter((tool) => !inside(tool))];
    }
    case 'resources': {
      const calls = callsBy(facets?.resources);
      const found = catalog.resources.map(({ slug, name, tools = [] }) => ({
        value: slug,
        name,
        has: tools.length === 0 ? undefined : counted(tools.length, 'tool'),
        calls: calls.get(slug),
      }));
      return listed(tagged('resources', 'resource', catalog), found, facets?.resources);
    }
    case 'agents': {
      const calls = callsBy(facets?.agents);
      const found = catalog.agents.map(({ slug, name }) => ({ value: slug, name, calls: calls.get(slug) }));
      return listed(tagged('agents', 'agent', catalog), found, facets?.agents);
    }
    case 'instances': {
      const calls = callsBy(facets?.instances);
      const found = catalog.instances.map(({ id, name, agent, user }) => ({
        value: id,
        name,
        has: [agent, user].filter((one) => one !== undefined).join(' of ') || undefined,
        calls: calls.get(id),
      }));
      return listed(tagged('instances', 'instance', catalog), found, facets?.instances);
    }
    case 'users': {
      const calls = callsBy(facets?.users);
      const found = catalog.users.flatMap(({ id, email, name }): KnownValue[] => {
        const value = email ?? id;
        return value === undefined ? [] : [{ value, name, calls: calls.get(value) }];
      });
      return listed([], found, facets?.users);
    }
    case 'groups': {
      const calls = callsBy(facets?.groups);
      const found = groupsOf(catalog).map(({ name, members }) => ({
        value: name,
        has: members === 0 ? undefined : counted(members, 'user'),
        calls: calls.get(name),
      }));
      return listed([], found, facets?.groups);
    }
  }
}

/** One suggestion a name: a tool that several resources have is one pattern. */
function toolsFound(
  resources: KnownWorld['catalog']['resources'],
  calls: ReadonlyMap<string, number>,
): readonly KnownValue[] {
  const found = new Map<string, { title: string | undefined; of: string[] }>();
  for (const { slug, tools = [] } of resources) {
    for (const { name, title } of tools) {
      const one = found.get(name) ?? { title, of: [] };
      found.set(name, one);
      one.of.push(slug);
    }
  }
  return [...found].map(([value, { title, of }]) => ({
    value,
    name: title,
    has: of.length > 2 ? `${of.length} resources` : of.join(', '),
    of,
    calls: calls.get(value),
  }));
}

function tagged(
  list: 'resources' | 'agents' | 'instances',
  one: string,
  catalog: KnownWorld['catalog'],
): readonly KnownValue[] {
  return tagsOf(catalog).flatMap((use) =>
    use[list].length === 0 ? [] : [{ value: `tag:${use.tag}`, has: counted(use[list].length, one) }],
  );
}

function listed(
  tags: readonly KnownValue[],
  found: readonly KnownValue[],
  seen: readonly FacetCount[] | undefined,
): readonly Suggestion[] {
  const known = new Set(found.map(({ value }) => value));
  const more = (seen ?? [])
    .filter(({ value }) => !known.has(value))
    .map(({ value, count }): KnownValue => ({ value, calls: count }));
  const sorted = [...found, ...more].sort((a, b) => (b.calls ?? 0) - (a.calls ?? 0));
  return (
    [...sorted, ...tags]
      // A text that is not well-formed Unicode cannot be in a bundle, so no rule may contain it.
      .filter(({ value }) => value !== '' && value.isWellFormed())
      .map(({ value, name, has, calls, of }) => {
        const detail = [name, has, calls === undefined ? undefined : counted(calls, 'call')]
          .filter((part) => part !== undefined && part !== value)
          .join(' · ');
        return { value, ...(detail === '' ? {} : { detail }), ...(of === undefined ? {} : { of }) };
      })
  );
}

/**
 * Suggestions that contain the text, in this order: the value equals it, starts with it, has a word that starts with it, contains it; then
 * matches in the details.
 */
export function findSuggestions(suggestions: readonly Suggestion[], text: string): readonly Suggestion[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return suggestions;
  const ranked = suggestions.flatMap((suggestion) => {
    const rank = rankOf(suggestion, wanted);
    return rank === undefined ? [] : [{ suggestion, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ suggestion }) => suggestion);
}

function rankOf({ value, detail = '' }: Suggestion, wanted: string): number | undefined {
  const lower = value.toLowerCase();
  const at = lower.indexOf(wanted);
  if (lower === wanted) return 0;
  if (at === 0) return 1;
  if (at > 0) return /[^a-z0-9]/.test(lower.charAt(at - 1)) ? 2 : 3;
  return detail.toLowerCase().includes(wanted) ? 4 : undefined;
}
