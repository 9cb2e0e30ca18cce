import type { Catalog } from '../engine';
import type { CatalogList } from './catalog';
import { catalogChanges } from './catalog-changes';

type LabelledEntries = CatalogList | 'tools';

const WORDS = {
  resources: ['resource', 'resources'],
  agents: ['agent', 'agents'],
  instances: ['instance', 'instances'],
  users: ['user', 'users'],
  groups: ['group', 'groups'],
  tools: ['tool', 'tools'],
} satisfies Record<LabelledEntries, readonly [one: string, many: string]>;

const VERBS = { added: 'add', changed: 'change', removed: 'remove' } as const;

/** What an edit of the catalog does, for the undo menu: "remove the tool `create_refund`", "add 1 resource and 3 tools to the catalog". */
export function catalogLabel(before: Partial<Catalog> | undefined, after: Partial<Catalog> | undefined): string {
  const changes = catalogChanges(before, after);
  const [only] = changes;
  if (only === undefined) return 'change the catalog';
  if (changes.length === 1) return `${VERBS[only.kind]} the ${WORDS[only.list][0]} \`${only.key}\``;
  const kinds = new Set(changes.map(({ kind }) => kind));
  if (kinds.size > 1) return `change ${changes.length.toLocaleString('en')} entries of the catalog`;
  const counts = new Map<LabelledEntries, number>();
  for (const { list } of changes) counts.set(list, (counts.get(list) ?? 0) + 1);
  const words = [...counts].map(([list, n]) => `${n.toLocaleString('en')} ${WORDS[list][n === 1 ? 0 : 1]}`);
  const joined = words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
  const where = { added: 'to', changed: 'in', removed: 'from' }[only.kind];
  return `${VERBS[only.kind]} ${joined ?? ''} ${where} the catalog`;
}
