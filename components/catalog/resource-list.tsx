'use client';
import { ChevronRight, Pencil, Plus, Trash2 } from 'lucide-react';
import { Accordion } from 'radix-ui';
import { useState } from 'react';
import type { CatalogResource, CatalogTool } from '@/lib/engine';
import { Button, IconButton } from '../ui/button';
import { Nothing, Rest, type CatalogActions } from './list-parts';
import { describeEntry } from './describe-entry';
import { HINTS } from './list-words';
import { counted } from '../ui/words';

interface ResourceListProps extends CatalogActions {
  resources: readonly CatalogResource[];
  search: string;
}

const MOST_TOOLS = 150;

/** Resources that expand to their tools. A search covers both, and expands the matches. */
export function ResourceList({ resources, search, ...actions }: ResourceListProps) {
  const [opened, setOpened] = useState<string[]>([]);
  const wanted = search.trim().toLowerCase();
  const found = resourcesWith(wanted, resources);
  if (found.length === 0) {
    return (
      <Nothing>
        {resources.length > 0
          ? 'No resource and no tool matches.'
          : 'No resources yet: add one, or fill the catalog from a tools/list result, a session, a bundle or the open trace.'}
      </Nothing>
    );
  }
  const open = wanted === '' ? opened : found.map(({ resource }) => resource.slug);
  return (
    <Accordion.Root
      type="multiple"
      value={open}
      onValueChange={setOpened}
      className="divide-y divide-line rounded-md border border-line"
    >
      {found.map(({ resource, tools }) => (
        <ResourceItem key={resource.slug} resource={resource} tools={tools} {...actions} />
      ))}
    </Accordion.Root>
  );
}

/** The resources that have the text in their name, whole, and others with those of their tools that have it. */
const resourcesWith = (text: string, resources: readonly CatalogResource[]) =>
  resources.flatMap((resource) => {
    const { slug, name = '', tools = [] } = resource;
    if (`${slug} ${name}`.toLowerCase().includes(text)) return [{ resource, tools }];
    const some = tools.filter((tool) => `${tool.name} ${tool.title ?? ''}`.toLowerCase().includes(text));
    return some.length === 0 ? [] : [{ resource, tools: some }];
  });

interface ResourceItemProps extends Pick<CatalogActions, 'onEntry' | 'onRemove' | 'onTool' | 'onRemoveTool'> {
  resource: CatalogResource;
  /** Those that are found. */
  tools: readonly CatalogTool[];
}

function ResourceItem({ resource, tools, onEntry, onRemove, onTool, onRemoveTool }: ResourceItemProps) {
  const { slug } = resource;
  return (
    <Accordion.Item value={slug}>
      <div className="flex items-center gap-1 pr-1">
        <Accordion.Header asChild>
          <h3 className="min-w-0 flex-1">
            <Accordion.Trigger className="group flex min-h-9 w-full min-w-0 items-center gap-2 rounded px-2 text-left pointer-coarse:min-h-11">
              <ChevronRight
                size={14}
                aria-hidden
                className="shrink-0 text-ink-2 transition-transform group-data-[state=open]:rotate-90"
              />
              <code className="shrink-0 font-mono text-xs font-medium">{slug}</code>
              <span className="min-w-0 truncate text-xs text-ink-2 max-sm:hidden">
                {describeEntry('resources', resource)}
              </span>
              <span className="ml-auto shrink-0 text-xs text-ink-2 tabular-nums">
                {counted((resource.tools ?? []).length, 'tool')}
              </span>
            </Accordion.Trigger>
          </h3>
        </Accordion.Header>
        <IconButton label={`Edit ${slug}`} onClick={() => onEntry('resources', slug)}>
          <Pencil size={14} aria-hidden />
        </IconButton>
        <IconButton label={`Remove ${slug}`} onClick={() => onRemove('resources', slug)}>
          <Trash2 size={14} aria-hidden />
        </IconButton>
      </div>
      <Accordion.Content className="border-t border-line bg-canvas px-2 py-1">
        <ul>
          {tools.slice(0, MOST_TOOLS).map((tool) => (
            <ToolRow
              key={tool.name}
              tool={tool}
              onEdit={() => onTool(slug, tool.name)}
              onRemove={() => onRemoveTool(slug, tool.name)}
            />
          ))}
        </ul>
        <Rest count={tools.length - MOST_TOOLS} />
        <Button look="plain" className="my-1" onClick={() => onTool(slug, undefined)}>
          <Plus size={14} aria-hidden />
          Add tool to {slug}
        </Button>
      </Accordion.Content>
    </Accordion.Item>
  );
}

function argumentsOf({ inputSchema }: CatalogTool): string {
  if (inputSchema === undefined) return 'no schema';
  const { properties } = inputSchema;
  const count = typeof properties === 'object' && properties !== null ? Object.keys(properties).length : 0;
  return counted(count, 'argument');
}

function ToolRow({ tool, onEdit, onRemove }: { tool: CatalogTool; onEdit(): void; onRemove(): void }) {
  const { name, title, description, annotations } = tool;
  const hints = HINTS.filter(([hint]) => annotations?.[hint] === true).map(([, , word]) => word);
  return (
    <li className="flex items-center gap-1">
      <button
        type="button"
        onClick={onEdit}
        aria-label={`Edit ${name}`}
        title={description?.slice(0, 300)}
        className="group flex min-h-8 min-w-0 flex-1 flex-wrap items-center gap-x-2 rounded px-1.5 py-0.5 text-left hover:bg-sunken pointer-coarse:min-h-11"
      >
        <code className="font-mono text-xs break-all group-hover:underline">{name}</code>
        <span className="min-w-0 truncate text-xs text-ink-2">{title}</span>
        <span className="text-xs text-ink-2 max-sm:basis-full sm:ml-auto">
          {[...hints, argumentsOf(tool)].join(' · ')}
        </span>
      </button>
      <IconButton label={`Remove ${name}`} onClick={onRemove}>
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </li>
  );
}
