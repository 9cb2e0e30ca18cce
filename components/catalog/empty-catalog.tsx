import type { Catalog } from '@/lib/engine';
import { Button } from '../ui/button';
import { counted } from '../ui/words';

interface EmptyCatalogProps {
  /** The catalog of the open trace; undefined where no trace is open, or the open one names nothing. */
  trace: { readonly name: string; readonly catalog: Catalog } | undefined;
  onTrace(): void;
  onSample(): void;
  onServer(): void;
}

/** States where suggestions come from while a policy has no catalog of its own, and offers ways to fill one. */
export function EmptyCatalog({ trace, onTrace, onSample, onServer }: EmptyCatalogProps) {
  const tools = trace?.catalog.resources.reduce((sum, { tools }) => sum + (tools?.length ?? 0), 0) ?? 0;
  return (
    <div className="mb-3 rounded-md bg-sunken px-3 py-3 text-sm">
      <p>
        {trace === undefined
          ? 'This policy has no catalog of its own yet.'
          : `This policy has no catalog of its own yet: for now suggestions come from the open trace, ${trace.name}, which shows ${counted(trace.catalog.resources.length, 'resource')} and ${counted(tools, 'tool')}. Added to the catalog, they remain when another trace is opened, and can be edited and shared.`}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        {trace === undefined ? null : <Button onClick={onTrace}>Keep what the trace shows…</Button>}
        <Button onClick={onServer}>Add the tools of a well-known server…</Button>
        <Button onClick={onSample}>Add the sample company…</Button>
      </div>
    </div>
  );
}
