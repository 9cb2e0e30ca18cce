import { isObject } from '@/lib/json';
import type { FactChange } from '@/lib/analysis';
import { callField, memberNames, type Call, type Catalog, type CatalogTool } from '@/lib/engine';

/** Tries changes of the call in what-if. */
export type TryChanges = (changes: readonly FactChange[]) => void;

/** The facts that the form names; everything else of a call is changed as JSON. */
export type NamedFact = 'agent' | 'instance' | 'user' | 'resource' | 'tool';

/** The form's text for a fact: empty where it is unknown or absent. */
export function nameOf(call: Call, fact: NamedFact): string {
  switch (fact) {
    case 'agent':
      return call.agent?.slug ?? '';
    case 'instance':
      return call.instance?.id ?? '';
    case 'user':
      return call.user?.email ?? call.user?.id ?? '';
    case 'resource':
      return call.resource?.slug ?? '';
    case 'tool':
      return call.tool?.name ?? '';
  }
}

/**
 * The call with another agent, user and so on: the catalog's facts about it are added, and all others are unknown. An empty name makes the
 * fact unknown; the original's name restores the original's facts.
 */
export function withName(call: Call, fact: NamedFact, name: string, original: Call, catalog: Catalog): Call {
  const { [fact]: _old, ...rest } = call;
  if (name === nameOf(original, fact)) return original[fact] === undefined ? rest : { ...rest, [fact]: original[fact] };
  if (name === '') return rest;
  switch (fact) {
    case 'agent':
      return {
        ...rest,
        agent: {
          slug: name,
          ...known(
            catalog.agents.find(({ slug }) => slug === name),
            ['name', 'tags'],
          ),
        },
      };
    case 'instance':
      return {
        ...rest,
        instance: {
          id: name,
          ...known(
            catalog.instances.find(({ id }) => id === name),
            ['name', 'tags'],
          ),
        },
      };
    case 'resource':
      return {
        ...rest,
        resource: {
          slug: name,
          ...known(
            catalog.resources.find(({ slug }) => slug === name),
            ['name', 'tags'],
          ),
        },
      };
    case 'user': {
      const entry = catalog.users.find(({ email, id }) => email === name || id === name);
      const own = name.includes('@') ? { email: name } : { id: name };
      return { ...rest, user: { ...own, ...known(entry, ['id', 'email', 'name', 'groups']) } };
    }
    case 'tool':
      return {
        ...rest,
        tool: { name, ...known(toolOf(catalog, call.resource?.slug ?? '', name), ['title', 'annotations']) },
      };
  }
}

/** A tool by its name, on the resource if that is known. */
export function toolOf(catalog: Catalog, resource: string, tool: string): CatalogTool | undefined {
  const places = catalog.resources.filter(({ slug }) => resource === '' || slug === resource);
  return places.flatMap(({ tools = [] }) => tools).find(({ name }) => name === tool);
}

function known<T extends object, K extends keyof T>(entry: T | undefined, keys: readonly K[]): Partial<Pick<T, K>> {
  if (entry === undefined) return {};
  return Object.fromEntries(keys.flatMap((key) => (entry[key] === undefined ? [] : [[key, entry[key]]]))) as Partial<
    Pick<T, K>
  >;
}

/**
 * Whether a call only says more than the original: facts that were not known. What the gateway decided is then still about it. Of arguments and
 * annotations that are known nothing is unknown.
 */
export function onlyAdds(original: Call, call: Call): boolean {
  return READABLE.every(([key]) => adds(original[key], call[key], key === 'args'));
}

/** `whole`: a member that is missing is absent, and not unknown. */
function adds(before: unknown, after: unknown, whole: boolean): boolean {
  if (before === undefined || same(before, after)) return true;
  if (whole || !isObject(before) || !isObject(after)) return false;
  return Object.keys(before).every((key) => adds(before[key], after[key], key === 'annotations'));
}

/** Names of what differs, as conditions write them: `agent.slug`, `request.args.amount`. */
export function changedFacts(original: Call, call: Call): readonly string[] {
  return READABLE.flatMap(([key, path]) => {
    const [before, after]: [unknown, unknown] = [original[key], call[key]];
    if (same(before, after)) return [];
    if (!isObject(before) || !isObject(after)) return [path];
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.filter((inner) => !same(before[inner], after[inner])).map((inner) => `${path}.${inner}`);
  });
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The call's own fields that conditions can read, with their names there. */
const READABLE = memberNames('').flatMap((name) => {
  const cel = callField(name)?.cel ?? null;
  return cel === null ? [] : [[name as keyof Call, cel] as const];
});
