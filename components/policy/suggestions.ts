import type { Facet } from '@/lib/engine';
import type { OpenedTrace } from '@/lib/worker';

export interface Suggestion {
  readonly value: string;
  /** What is known of it: how many calls of the open trace it made, or what it is. */
  readonly detail?: string;
}

const tags = (items: readonly { readonly tags?: readonly string[] }[]): Suggestion[] =>
  [...new Set(items.flatMap((item) => item.tags ?? []))].map((tag) => ({ value: `tag:${tag}` }));

/** What a pill can be filled with: what the open trace and its catalog know of. Free text is always allowed beside it. */
export function suggestionsFor(place: Facet | 'tools', open: OpenedTrace | undefined): readonly Suggestion[] {
  if (open === undefined) return place === 'tools' ? [{ value: '*', detail: 'every tool' }] : [];
  const { facets, catalog } = open;
  const counted = (list: readonly { value: string; count: number }[]): Suggestion[] =>
    list.map(({ value, count }) => ({ value, detail: count === 1 ? '1 call' : `${count.toLocaleString('en')} calls` }));
  const merge = (...lists: Suggestion[][]): Suggestion[] =>
    [
      ...new Map(
        lists
          .flat()
          .toReversed()
          .map((one) => [one.value, one]),
      ).values(),
    ].toReversed();
  switch (place) {
    case 'tools':
      return merge(
        [{ value: '*', detail: 'every tool' }],
        counted(facets.tools),
        catalog.resources.flatMap((r) => (r.tools ?? []).map((tool) => ({ value: tool.name, detail: r.slug }))),
      );
    case 'agents':
      return merge(
        counted(facets.agents),
        catalog.agents.map(({ slug, name }) => ({ value: slug, ...(name === undefined ? {} : { detail: name }) })),
        tags(catalog.agents),
      );
    case 'resources':
      return merge(
        counted(facets.resources),
        catalog.resources.map(({ slug, name }) => ({ value: slug, ...(name === undefined ? {} : { detail: name }) })),
        tags(catalog.resources),
      );
    case 'users':
      return merge(
        counted(facets.users),
        catalog.users.flatMap(({ email, id, name }) =>
          (email ?? id) === undefined
            ? []
            : [{ value: (email ?? id) as string, ...(name === undefined ? {} : { detail: name }) }],
        ),
      );
    case 'groups':
      return merge(
        [
          ...new Set([
            ...catalog.groups.map((group) => group.name),
            ...catalog.users.flatMap((user) => user.groups ?? []),
          ]),
        ].map((value) => ({ value })),
      );
    case 'instances':
      return merge(
        catalog.instances.map(({ id, name }) => ({ value: id, ...(name === undefined ? {} : { detail: name }) })),
        tags(catalog.instances),
      );
  }
}
