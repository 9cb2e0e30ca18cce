import type { Catalog, CatalogResource } from '../engine';
import { CATALOG_LISTS, completeCatalog, entryKey, type CatalogEntry, type CatalogList } from './catalog';
import { sameJson } from './equal';

/** What is different between two catalogs about one entry. */
export interface CatalogChange {
  readonly kind: 'added' | 'changed' | 'removed';
  readonly list: CatalogList | 'tools';
  /** The entry's key: a slug, an id, a name, an address. */
  readonly key: string;
  /** The resource of a tool. */
  readonly resource?: string;
  /** For a changed entry: the members that differ, a resource's tools aside. */
  readonly members: readonly string[];
}

/** All differences, list by list; a resource is followed by those of its tools. */
export function catalogChanges(
  before: Partial<Catalog> | null | undefined,
  after: Partial<Catalog> | null | undefined,
): readonly CatalogChange[] {
  const old = completeCatalog(before);
  const next = completeCatalog(after);
  return CATALOG_LISTS.flatMap((list) => changesIn(list, old, next));
}

function changesIn<L extends CatalogList>(list: L, before: Catalog, after: Catalog): CatalogChange[] {
  const entries: readonly CatalogEntry<L>[] = before[list];
  const old = new Map(entries.map((entry) => [entryKey(list, entry), entry]));
  const seen = new Set<string>();
  const changes: CatalogChange[] = [];
  const later: readonly CatalogEntry<L>[] = after[list];
  for (const entry of later) {
    const key = entryKey(list, entry);
    // A user that was known by address alone has an id now: still the same user.
    const was = old.get(key) ?? (list === 'users' ? old.get((entry as CatalogEntry<'users'>).email ?? '') : undefined);
    if (was !== undefined) seen.add(entryKey(list, was));
    if (was === entry) continue;
    if (was === undefined) changes.push({ kind: 'added', list, key, members: [] });
    else {
      const members = differing(was, entry, list === 'resources' ? ['tools'] : []);
      if (members.length > 0) changes.push({ kind: 'changed', list, key, members });
    }
    if (list === 'resources') {
      // One at a time: a server may have more tools than a function takes arguments.
      for (const change of toolChanges(key, was as CatalogResource | undefined, entry as CatalogResource)) {
        changes.push(change);
      }
    }
  }
  for (const key of old.keys()) if (!seen.has(key)) changes.push({ kind: 'removed', list, key, members: [] });
  return changes;
}

function toolChanges(resource: string, before: CatalogResource | undefined, after: CatalogResource): CatalogChange[] {
  const old = new Map((before?.tools ?? []).map((tool) => [tool.name, tool]));
  const changes: CatalogChange[] = [];
  for (const tool of after.tools ?? []) {
    const was = old.get(tool.name);
    old.delete(tool.name);
    const members = was === undefined ? [] : differing(was, tool, []);
    if (was === undefined) changes.push({ kind: 'added', list: 'tools', key: tool.name, resource, members });
    else if (members.length > 0) changes.push({ kind: 'changed', list: 'tools', key: tool.name, resource, members });
  }
  for (const key of old.keys()) changes.push({ kind: 'removed', list: 'tools', key, resource, members: [] });
  return changes;
}

function differing(before: object, after: object, except: readonly string[]): string[] {
  const old = new Map(Object.entries(before));
  const next = new Map(Object.entries(after));
  return [...new Set([...old.keys(), ...next.keys()])].filter(
    (member) => !except.includes(member) && !sameJson(old.get(member), next.get(member)),
  );
}
