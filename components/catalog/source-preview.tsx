'use client';
import { Minus, PencilLine, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Catalog } from '@/lib/engine';
import { catalogChanges, mergeCatalogs, type CatalogChange } from '@/lib/workspace';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { SuggestInput } from '../ui/suggest-input';
import { LIST_WORDS } from './list-words';
import { counted } from '../ui/words';
import { guessSlug, placed, type SourceRead } from './read-source';

interface SourcePreviewProps {
  catalog: Catalog;
  read: Extract<SourceRead, { kind: 'found' }>;
  /** The file's name, where it came from one. */
  name: string;
  onBack(): void;
  onCatalog(catalog: Catalog): void;
}

const MOST_SHOWN = 300;

/** What a source would add to the catalog and change in it, before it is applied. Nothing is ever removed. */
export function SourcePreview({ catalog, read, name, onBack, onCatalog }: SourcePreviewProps) {
  const nameless = read.unplaced.length > 0;
  const [slug, setSlug] = useState(() =>
    nameless ? guessSlug(read.unplaced, name, catalog) : read.renamable ? slugOf(read.catalog, name, catalog) : '',
  );
  const merged = useMemo(() => mergeCatalogs(catalog, placed(read, slug.trim())), [catalog, read, slug]);
  const changes = useMemo(() => catalogChanges(catalog, merged), [catalog, merged]);
  const missing = nameless && slug.trim() === '';
  return (
    <Dialog
      title="Fill the catalog"
      description={`From ${read.what}${read.notes.length === 0 ? '' : `; ${read.notes.join(', ')}`}.`}
      onClose={onBack}
      size="lg"
      footer={
        <>
          <Button onClick={onBack}>Back</Button>
          <Button look="primary" disabled={changes.length === 0} onClick={() => onCatalog(merged)}>
            Add to the catalog
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {nameless || read.renamable ? (
          <div className="max-w-sm">
            <SuggestInput
              label={
                nameless
                  ? `Which resource are these ${counted(read.unplaced.length, 'tool')} of?`
                  : 'The resource, by its slug at the gateway'
              }
              value={slug}
              suggestions={catalog.resources.map((resource) => ({
                value: resource.slug,
                ...(resource.name === undefined ? {} : { detail: resource.name }),
              }))}
              onValue={setSlug}
            />
            {missing ? (
              <p className="mt-1 text-xs text-gated" role="status">
                The list does not name its server: without a resource, its tools are left out.
              </p>
            ) : null}
          </div>
        ) : null}
        <p className="text-sm font-medium" role="status" data-testid="catalog-changes">
          {summary(changes)}
        </p>
        {changes.length === 0 ? null : <ChangeRows changes={changes} />}
      </div>
    </Dialog>
  );
}

const ChangeRows = ({ changes }: { changes: readonly CatalogChange[] }) => (
  <ul
    className="max-h-96 divide-y divide-line overflow-auto rounded-md border border-line"
    tabIndex={0}
    aria-label="What would change"
  >
    {changes.slice(0, MOST_SHOWN).map((change) => (
      <ChangeRow key={`${change.list} ${change.resource ?? ''} ${change.key}`} change={change} />
    ))}
    {changes.length > MOST_SHOWN ? (
      <li className="px-3 py-2 text-xs text-ink-2">and {counted(changes.length - MOST_SHOWN, 'more', 'more')}</li>
    ) : null}
  </ul>
);

/** Maps the name that the server gives itself to a resource, which may be a known one. */
function slugOf(found: Catalog, name: string, known: Catalog): string {
  const [only] = found.resources;
  if (only === undefined) return '';
  const named = known.resources.some(({ slug }) => slug === only.slug);
  return named ? only.slug : guessSlug(only.tools ?? [], `${name} ${only.slug}`, known) || only.slug;
}

const ONE = { ...Object.fromEntries(Object.entries(LIST_WORDS).map(([list, { one }]) => [list, one])), tools: 'tool' };

function summary(changes: readonly CatalogChange[]): string {
  if (changes.length === 0) return 'Your catalog has all of this already.';
  const said = (['added', 'changed', 'removed'] as const).flatMap((kind) => {
    const counts = new Map<string, number>();
    for (const { kind: one, list } of changes) if (one === kind) counts.set(list, (counts.get(list) ?? 0) + 1);
    if (counts.size === 0) return [];
    const words = [...counts].map(([list, count]) => counted(count, ONE[list as keyof typeof ONE] ?? list));
    const verb = kind === 'added' ? 'adds' : kind === 'changed' ? 'changes' : 'takes away';
    return [`${verb} ${words.join(', ')}`];
  });
  const text = said.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

const MARKS = {
  added: { icon: Plus, word: 'new', className: 'text-allow' },
  changed: { icon: PencilLine, word: 'changed', className: 'text-gated' },
  removed: { icon: Minus, word: 'removed', className: 'text-deny' },
} as const;

function ChangeRow({ change: { kind, list, key, resource, members } }: { change: CatalogChange }) {
  const { icon: Icon, word, className } = MARKS[kind];
  return (
    <li className="flex flex-wrap items-center gap-x-2 px-3 py-1 text-xs">
      <Icon size={12} aria-hidden className={className} />
      <span className={className}>{word}</span>
      <span className="text-ink-2">{list === 'tools' ? `tool of ${resource ?? ''}` : LIST_WORDS[list].one}</span>
      <code className="font-mono break-all">{key}</code>
      {members.length === 0 ? null : <span className="text-ink-2">{members.join(', ')}</span>}
    </li>
  );
}
