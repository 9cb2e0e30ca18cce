import type { Catalog, CatalogResource, CatalogTool } from '../engine';
import { completeCatalog, entryKey, type CatalogEntry, type CatalogList } from './catalog';

/** Why an entry cannot be put into the catalog as it is. */
export interface CatalogProblem {
  readonly code: 'empty' | 'taken' | 'lone-surrogate' | 'not-an-object';
  /** The member of the entry that is at fault. */
  readonly member: string;
  /** Lower case, no full stop, the user's text in backticks. */
  readonly message: string;
}

const KEY_MEMBERS = {
  resources: 'slug',
  agents: 'slug',
  instances: 'id',
  users: 'id',
  groups: 'name',
} as const satisfies Record<CatalogList, string>;

const ONE = {
  resources: 'a resource',
  agents: 'an agent',
  instances: 'an instance',
  users: 'a user',
  groups: 'a group',
} as const satisfies Record<CatalogList, string>;

/** Puts an entry in the place of the one whose key is `replaces`, or at the end. */
export function putEntry<L extends CatalogList>(
  catalog: Partial<Catalog> | undefined,
  list: L,
  entry: CatalogEntry<L>,
  replaces?: string,
): Catalog {
  const complete = completeCatalog(catalog);
  const entries: readonly CatalogEntry<L>[] = complete[list];
  return { ...complete, [list]: put(entries, entry, (one) => entryKey(list, one), replaces) };
}

export function removeEntry(catalog: Partial<Catalog> | undefined, list: CatalogList, key: string): Catalog {
  const complete = completeCatalog(catalog);
  const entries: readonly CatalogEntry[] = complete[list];
  return { ...complete, [list]: entries.filter((entry) => entryKey(list, entry) !== key) };
}

/** The same for a tool of a resource; the resource is made where there is none of that slug. */
export function putTool(
  catalog: Partial<Catalog> | undefined,
  resource: string,
  tool: CatalogTool,
  replaces?: string,
): Catalog {
  const of: CatalogResource = completeCatalog(catalog).resources.find(({ slug }) => slug === resource) ?? {
    slug: resource,
  };
  const tools = put(of.tools ?? [], tool, ({ name }) => name, replaces);
  return putEntry(catalog, 'resources', { ...of, tools }, resource);
}

export function removeTool(catalog: Partial<Catalog> | undefined, resource: string, name: string): Catalog {
  const of = completeCatalog(catalog).resources.find(({ slug }) => slug === resource);
  if (of === undefined) return completeCatalog(catalog);
  const tools = (of.tools ?? []).filter((tool) => tool.name !== name);
  return putEntry(catalog, 'resources', { ...of, tools }, resource);
}

/** Renames a tag wherever it is; an empty name takes it away. */
export function renameTag(catalog: Partial<Catalog> | undefined, tag: string, name: string): Catalog {
  const complete = completeCatalog(catalog);
  const renamed = <T extends { readonly tags?: readonly string[] }>(entry: T): T => {
    if (entry.tags?.includes(tag) !== true) return entry;
    const tags = entry.tags.flatMap((one) => (one === tag ? (name === '' ? [] : [name]) : [one]));
    return { ...entry, tags: [...new Set(tags)] };
  };
  return {
    ...complete,
    resources: complete.resources.map(renamed),
    agents: complete.agents.map(renamed),
    instances: complete.instances.map(renamed),
  };
}

function put<T>(
  entries: readonly T[],
  entry: T,
  keyOf: (entry: T) => string,
  replaces: string | undefined,
): readonly T[] {
  const at = replaces === undefined ? -1 : entries.findIndex((one) => keyOf(one) === replaces);
  return at < 0 ? [...entries, entry] : entries.with(at, entry);
}

/** What is wrong with an entry that is to stand in the place of `replaces`, or at the end. */
export function entryProblems<L extends CatalogList>(
  catalog: Partial<Catalog> | undefined,
  list: L,
  entry: CatalogEntry<L>,
  replaces?: string,
): readonly CatalogProblem[] {
  const member = KEY_MEMBERS[list];
  const key = entryKey(list, entry);
  if (key === '') {
    const message =
      list === 'users' ? 'a user needs an id or an e-mail address' : `${ONE[list]} needs ${aOrAn(member)}`;
    return [{ code: 'empty', member, message }];
  }
  const entries: readonly CatalogEntry<L>[] = completeCatalog(catalog)[list];
  const taken = key !== replaces && entries.some((one) => entryKey(list, one) === key);
  return [
    ...(taken ? [{ code: 'taken' as const, member, message: `there is ${ONE[list]} \`${key}\` already` }] : []),
    ...illFormed(entry),
  ];
}

export function toolProblems(
  catalog: Partial<Catalog> | undefined,
  resource: string,
  tool: CatalogTool,
  replaces?: string,
): readonly CatalogProblem[] {
  if (tool.name === '') return [{ code: 'empty', member: 'name', message: 'a tool needs a name' }];
  const tools = completeCatalog(catalog).resources.find(({ slug }) => slug === resource)?.tools ?? [];
  const problems: CatalogProblem[] = [];
  if (tool.name !== replaces && tools.some(({ name }) => name === tool.name)) {
    const message = `\`${resource}\` has a tool \`${tool.name}\` already`;
    problems.push({ code: 'taken', member: 'name', message });
  }
  const { inputSchema } = tool;
  if (
    inputSchema !== undefined &&
    (typeof inputSchema !== 'object' || inputSchema === null || Array.isArray(inputSchema))
  ) {
    problems.push({ code: 'not-an-object', member: 'inputSchema', message: 'a schema of arguments is a JSON object' });
  }
  return [...problems, ...illFormed(tool)];
}

/** A text with half a character has no UTF-8, and so no bundle could carry it (RFC 8785, section 3.2.2.2). */
function illFormed(entry: object): CatalogProblem[] {
  return Object.entries(entry)
    .filter(([, value]) => hasLoneSurrogate(value))
    .map(([member]) => ({
      code: 'lone-surrogate',
      member,
      message: 'the text holds half a character (a lone surrogate)',
    }));
}

function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, member]) => !key.isWellFormed() || hasLoneSurrogate(member));
}

const aOrAn = (word: string): string => (/^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`);
