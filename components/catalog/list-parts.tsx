import { clsx } from 'clsx';
import { Pencil, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CatalogList } from '@/lib/workspace';
import { IconButton } from '../ui/button';
import { counted } from '../ui/words';

/** What a catalog list can request; `undefined` as the key or name means a new entry. */
export interface CatalogActions {
  onEntry(list: CatalogList, key: string | undefined): void;
  onTool(resource: string, name: string | undefined): void;
  onRemove(list: CatalogList, key: string): void;
  onRemoveTool(resource: string, name: string): void;
  onRenameTag(tag: string, name: string): void;
}

/** In place of a list that is empty. */
export function Nothing({ children }: { children: ReactNode }) {
  return (
    <p className="rounded-md border border-dashed border-line-strong/60 px-4 py-8 text-center text-sm text-ink-2">
      {children}
    </p>
  );
}

/** Under a list that shows only its first entries. */
export function Rest({ count }: { count: number }) {
  if (count <= 0) return null;
  return <p className="px-2 py-2 text-xs text-ink-2">and {counted(count, 'more', 'more')}: search to find one</p>;
}

interface RowProps {
  name: string;
  words: string;
  onEdit(): void;
  onRemove(): void;
  className?: string;
}

export function Row({ name, words, onEdit, onRemove, className }: RowProps) {
  return (
    <li className={clsx('flex items-center gap-1 py-0.5 pr-1 pl-2', className)}>
      <button
        type="button"
        onClick={onEdit}
        aria-label={`Edit ${name}`}
        className="group flex min-h-8 min-w-0 flex-1 flex-wrap items-center gap-x-3 rounded text-left pointer-coarse:min-h-11"
      >
        <code className="font-mono text-xs break-all group-hover:underline">{name}</code>
        <span className="min-w-0 truncate text-xs text-ink-2">{words}</span>
      </button>
      <IconButton label={`Edit ${name}`} tabIndex={-1} aria-hidden onClick={onEdit} className="max-sm:hidden">
        <Pencil size={14} aria-hidden />
      </IconButton>
      <IconButton label={`Remove ${name}`} onClick={onRemove}>
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </li>
  );
}
