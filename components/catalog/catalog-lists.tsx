'use client';
import { clsx } from 'clsx';
import { Plus } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import type { Catalog } from '@/lib/engine';
import { CATALOG_LISTS, entryKey, tagsOf, type CatalogList, type TagUse } from '@/lib/workspace';
import { AskName } from '../ui/ask-name';
import { Button } from '../ui/button';
import { TextInput } from '../ui/field';
import { describeEntry } from './describe-entry';
import { LIST_WORDS } from './list-words';
import { Nothing, Rest, Row, type CatalogActions } from './list-parts';
import { ResourceList } from './resource-list';

interface CatalogListsProps extends CatalogActions {
  catalog: Catalog;
  /** The list that is shown: one of the catalog's, or `tags`. */
  list: string;
  onList(list: string): void;
  fill: ReactNode;
}

const SEARCH_FROM = 12;
const MOST_SHOWN = 200;

/** The catalog's lists, one at a time; each entry can be edited or removed. */
export function CatalogLists({ catalog, list, onList, fill, ...actions }: CatalogListsProps) {
  const tags = tagsOf(catalog);
  const [search, setSearch] = useState('');
  const counts = new Map<string, number>([
    ...CATALOG_LISTS.map((one) => [one, catalog[one].length] as const),
    ['tags', tags.length],
  ]);
  const of = CATALOG_LISTS.find((one) => one === list);
  const searchable = (counts.get(list) ?? 0) > SEARCH_FROM || list === 'resources';
  return (
    <Tabs.Root
      value={list}
      onValueChange={(next) => {
        setSearch('');
        onList(next);
      }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Tabs.List
          aria-label="Lists of the catalog"
          className="-mx-1 flex min-w-0 flex-1 flex-wrap gap-0.5 max-sm:basis-full"
        >
          {[...counts].map(([name, count]) => (
            <ListTab key={name} name={name} count={count} />
          ))}
        </Tabs.List>
        {fill}
      </div>
      <Tabs.Content value={list} className="mt-3">
        <div className="mb-2 flex flex-wrap items-center gap-2">
          {searchable ? (
            <TextInput
              type="search"
              aria-label="Search this list"
              placeholder="Search"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              className="max-w-60 min-w-32 flex-1"
            />
          ) : null}
          <p className={clsx('min-w-0 flex-1 text-xs text-ink-2', searchable && 'max-sm:hidden')}>
            {of === undefined
              ? 'Rules name a tag as tag:NAME, for resources, agents and instances'
              : LIST_WORDS[of].hint}
          </p>
          {of === undefined ? null : (
            <Button onClick={() => actions.onEntry(of, undefined)}>
              <Plus size={14} aria-hidden />
              Add {LIST_WORDS[of].one}
            </Button>
          )}
        </div>
        {of === 'resources' ? (
          <ResourceList resources={catalog.resources} search={search} {...actions} />
        ) : of === undefined ? (
          <TagList tags={tags} onRenameTag={actions.onRenameTag} />
        ) : (
          <EntryList catalog={catalog} list={of} search={search} {...actions} />
        )}
      </Tabs.Content>
    </Tabs.Root>
  );
}

const ListTab = ({ name, count }: { name: string; count: number }) => (
  <Tabs.Trigger
    value={name}
    className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-sm text-ink-2 hover:bg-sunken data-[state=active]:bg-accent-soft data-[state=active]:font-medium data-[state=active]:text-accent pointer-coarse:h-11"
  >
    {name === 'tags' ? 'Tags' : LIST_WORDS[name as CatalogList].title}
    <span className="text-xs tabular-nums">{count}</span>
  </Tabs.Trigger>
);

interface CatalogEntriesProps extends CatalogActions {
  catalog: Catalog;
  list: Exclude<CatalogList, 'resources'>;
  search: string;
}

function EntryList({ catalog, list, search, onEntry, onRemove }: CatalogEntriesProps) {
  const wanted = search.trim().toLowerCase();
  const entries = catalog[list].map((entry) => ({ key: entryKey(list, entry), words: describeEntry(list, entry) }));
  const found = entries.filter(({ key, words }) => `${key} ${words}`.toLowerCase().includes(wanted));
  if (found.length === 0) {
    return (
      <Nothing>
        {entries.length > 0
          ? 'No match.'
          : `No ${LIST_WORDS[list].title.toLowerCase()} yet: add one, or fill the catalog from a file or the open trace.`}
      </Nothing>
    );
  }
  return (
    <>
      <ul className="divide-y divide-line rounded-md border border-line">
        {found.slice(0, MOST_SHOWN).map(({ key, words }) => (
          <Row
            key={key}
            name={key}
            words={words}
            onEdit={() => onEntry(list, key)}
            onRemove={() => onRemove(list, key)}
          />
        ))}
      </ul>
      <Rest count={found.length - MOST_SHOWN} />
    </>
  );
}

function TagList({ tags, onRenameTag }: { tags: readonly TagUse[]; onRenameTag: CatalogActions['onRenameTag'] }) {
  const [renaming, setRenaming] = useState<string>();
  if (tags.length === 0) {
    return <Nothing>No tags yet: give a resource, an agent or an instance one.</Nothing>;
  }
  return (
    <>
      <ul className="divide-y divide-line rounded-md border border-line">
        {tags.map(({ tag, resources, agents, instances }) => (
          <Row
            key={tag}
            name={tag}
            words={[...resources, ...agents, ...instances].join(', ')}
            onEdit={() => setRenaming(tag)}
            onRemove={() => onRenameTag(tag, '')}
          />
        ))}
      </ul>
      {renaming === undefined ? null : (
        <AskName
          title="Rename the tag"
          name={renaming}
          onClose={() => setRenaming(undefined)}
          onName={(name) => onRenameTag(renaming, name)}
        />
      )}
    </>
  );
}
