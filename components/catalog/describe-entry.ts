import type { CatalogEntry, CatalogList } from '@/lib/workspace';

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');

const tagged = (tags: readonly string[] | undefined): string | undefined =>
  tags === undefined || tags.length === 0 ? undefined : `tagged ${tags.join(', ')}`;

const DESCRIBERS = {
  resources: ({ name, tags }) => joined(name, tagged(tags)),
  agents: ({ name, tags }) => joined(name, tagged(tags)),
  instances: ({ name, agent, user, client, tags }) =>
    joined(
      name,
      agent,
      user === undefined ? undefined : `of ${user}`,
      client?.version && `version ${client.version}`,
      tagged(tags),
    ),
  users: ({ id, email, name, groups = [] }) =>
    joined(id === undefined ? undefined : email, name, groups.length === 0 ? undefined : `in ${groups.join(', ')}`),
  groups: () => '',
} satisfies { readonly [L in CatalogList]: (entry: CatalogEntry<L>) => string };

/** The members of an entry other than its key, in one line. */
export function describeEntry<L extends CatalogList>(list: L, entry: CatalogEntry<L>): string {
  // The compiler loses the relation between a list and its entries here; the type of `DESCRIBERS` guarantees it.
  const describe = DESCRIBERS[list] as (entry: CatalogEntry<L>) => string;
  return describe(entry);
}
