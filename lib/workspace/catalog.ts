import {
  EMPTY_CATALOG,
  type Catalog,
  type CatalogInstance,
  type CatalogResource,
  type CatalogTool,
  type CatalogUser,
} from '../engine';
import { sameJson } from './equal';

/** The lists of a catalog, in the order in which they are shown. */
export const CATALOG_LISTS = ['resources', 'agents', 'instances', 'users', 'groups'] as const;
export type CatalogList = (typeof CATALOG_LISTS)[number];
export type CatalogEntry<L extends CatalogList = CatalogList> = Catalog[L][number];

/** A catalog with every list in it; the lists that are there keep their identity. */
export function completeCatalog(catalog: Partial<Catalog> | null | undefined): Catalog {
  return catalog === null || catalog === undefined ? EMPTY_CATALOG : { ...EMPTY_CATALOG, ...catalog };
}

export function isEmptyCatalog(catalog: Partial<Catalog> | null | undefined): boolean {
  const complete = completeCatalog(catalog);
  return CATALOG_LISTS.every((list) => complete[list].length === 0);
}

const KEYS = {
  resources: ({ slug }) => slug,
  agents: ({ slug }) => slug,
  instances: ({ id }) => id,
  users: ({ id, email }) => id ?? email ?? '',
  groups: ({ name }) => name,
} satisfies { readonly [L in CatalogList]: (entry: CatalogEntry<L>) => string };

/** What an entry is known by: a slug, an id, a name; a user's id, or else the e-mail address. */
export function entryKey<L extends CatalogList>(list: L, entry: CatalogEntry<L>): string {
  // The compiler loses the tie between a list and its entries; `KEYS` has held it.
  const keyOf = KEYS[list] as (entry: CatalogEntry<L>) => string;
  return keyOf(entry);
}

/**
 * Everything that either of two catalogs knows. Where both speak of one thing, `more` has the last word on each member that it gives;
 * tags, a user's groups and a resource's tools are put together, so nothing is ever lost. What does not change keeps its identity.
 */
export function mergeCatalogs(
  known: Partial<Catalog> | null | undefined,
  more: Partial<Catalog> | null | undefined,
): Catalog {
  const first = completeCatalog(known);
  const second = completeCatalog(more);
  return {
    ...first,
    ...unknownMembers(second),
    resources: mergeBy(first.resources, second.resources, ({ slug }) => slug, mergeResource),
    agents: mergeBy(first.agents, second.agents, ({ slug }) => slug, mergeTagged),
    instances: mergeBy(first.instances, second.instances, ({ id }) => id, mergeInstance),
    users: mergeUsers(first.users, second.users),
    groups: mergeBy(first.groups, second.groups, ({ name }) => name, overlay),
  };
}

/** Members of a later format, which came with a bundle and go on with it. */
function unknownMembers(catalog: Catalog): object {
  const { resources: _r, agents: _a, instances: _i, users: _u, groups: _g, ...rest } = catalog;
  return rest;
}

/** The entries of `known` in their order, then the new ones of `more`. */
function mergeBy<T>(
  known: readonly T[],
  more: readonly T[],
  keyOf: (entry: T) => string,
  merge: (old: T, next: T) => T,
): readonly T[] {
  if (more.length === 0) return known;
  const entries = new Map(known.map((entry) => [keyOf(entry), entry]));
  for (const entry of more) {
    const key = keyOf(entry);
    const old = entries.get(key);
    entries.set(key, old === undefined ? entry : merge(old, entry));
  }
  return [...entries.values()];
}

/** `next` laid over `old`: a member that `next` does not give stays. */
function overlay<T extends object>(old: T, next: T): T {
  const laid = { ...old, ...given(next) };
  return sameJson(old, laid) ? old : laid;
}

const given = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<T>;

function union(old: readonly string[] | undefined, next: readonly string[] | undefined): readonly string[] | undefined {
  if (old === undefined || next === undefined) return old ?? next;
  return [...new Set([...old, ...next])];
}

function mergeTagged<T extends { readonly tags?: readonly string[] }>(old: T, next: T): T {
  const tags = union(old.tags, next.tags);
  return overlay(old, tags === undefined ? next : { ...next, tags });
}

function mergeResource(old: CatalogResource, next: CatalogResource): CatalogResource {
  const tools =
    old.tools === undefined && next.tools === undefined
      ? undefined
      : mergeBy<CatalogTool>(old.tools ?? [], next.tools ?? [], ({ name }) => name, overlay);
  return mergeTagged(old, tools === undefined ? next : { ...next, tools });
}

function mergeInstance(old: CatalogInstance, next: CatalogInstance): CatalogInstance {
  const client = old.client && next.client ? overlay(old.client, next.client) : (next.client ?? old.client);
  return mergeTagged(old, client === undefined ? next : { ...next, client });
}

function mergeUsers(known: readonly CatalogUser[], more: readonly CatalogUser[]): readonly CatalogUser[] {
  if (more.length === 0) return known;
  const users = [...known];
  const byId = new Map<string, number>();
  const byEmail = new Map<string, number>();
  const index = (user: CatalogUser, at: number): void => {
    if (user.id !== undefined) byId.set(user.id, at);
    if (user.email !== undefined) byEmail.set(user.email, at);
  };
  users.forEach(index);
  for (const user of more) {
    const at = placeOfUser(user, users, byId, byEmail);
    const old = at === undefined ? undefined : users[at];
    if (at === undefined || old === undefined) {
      users.push(user);
      index(user, users.length - 1);
      continue;
    }
    const groups = union(old.groups, user.groups);
    const merged = overlay(old, groups === undefined ? user : { ...user, groups });
    users[at] = merged;
    index(merged, at);
  }
  return users;
}

/** The same person: the same id, or the same address where one of the two has no id. */
function placeOfUser(
  { id, email }: CatalogUser,
  users: readonly CatalogUser[],
  byId: ReadonlyMap<string, number>,
  byEmail: ReadonlyMap<string, number>,
): number | undefined {
  const same = id === undefined ? undefined : byId.get(id);
  if (same !== undefined) return same;
  const at = email === undefined ? undefined : byEmail.get(email);
  if (at === undefined) return undefined;
  const other = users[at]?.id;
  return id === undefined || other === undefined || other === id ? at : undefined;
}

/** A tag, and what has it. */
export interface TagUse {
  readonly tag: string;
  readonly resources: readonly string[];
  readonly agents: readonly string[];
  readonly instances: readonly string[];
}

/** Every tag of a catalog in the order of the alphabet. */
export function tagsOf(catalog: Catalog): readonly TagUse[] {
  const uses = new Map<string, { resources: string[]; agents: string[]; instances: string[] }>();
  for (const list of ['resources', 'agents', 'instances'] as const) {
    for (const entry of catalog[list]) {
      for (const tag of entry.tags ?? []) {
        const use = uses.get(tag) ?? { resources: [], agents: [], instances: [] };
        uses.set(tag, use);
        use[list].push(entryKey(list, entry));
      }
    }
  }
  return [...uses].map(([tag, use]) => ({ tag, ...use })).sort((a, b) => (a.tag < b.tag ? -1 : 1));
}

/** A group, and how many of the users that are known are in it. */
export interface GroupUse {
  readonly name: string;
  readonly members: number;
  /** It has an entry of its own, and is not only named by users. */
  readonly listed: boolean;
}

/** The groups that are listed, then those that only users name. */
export function groupsOf(catalog: Catalog): readonly GroupUse[] {
  const members = new Map<string, number>();
  for (const { groups = [] } of catalog.users) {
    for (const group of new Set(groups)) members.set(group, (members.get(group) ?? 0) + 1);
  }
  const listed = new Set(catalog.groups.map(({ name }) => name));
  return [...new Set([...listed, ...members.keys()])].map((name) => ({
    name,
    members: members.get(name) ?? 0,
    listed: listed.has(name),
  }));
}
