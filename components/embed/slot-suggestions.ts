import type { Catalog } from '@/lib/engine';
import type { SentenceTopic } from '../policy/sentence';

/** Names for a slot of a rule, from the catalog that the bundle brings. */
export function namesFor(place: SentenceTopic, catalog: Partial<Catalog> = {}): readonly { readonly value: string }[] {
  const { resources = [], agents = [], instances = [], users = [], groups = [] } = catalog;
  const names = {
    resources: resources.map(({ slug }) => slug),
    agents: agents.map(({ slug }) => slug),
    instances: instances.map(({ id }) => id),
    users: users.flatMap(({ email, id }) => email ?? id ?? []),
    groups: groups.map(({ name }) => name),
    tools: resources.flatMap(({ tools = [] }) => tools.map(({ name }) => name)),
  } satisfies Record<SentenceTopic, readonly string[]>;
  const tagged =
    place === 'resources' ? resources : place === 'agents' ? agents : place === 'instances' ? instances : [];
  const tags = tagged.flatMap((one) => one.tags ?? []).map((tag) => `tag:${tag}`);
  return [...new Set([...names[place], ...tags])].map((value) => ({ value }));
}
