'use client';
import { ChevronDown, FileUp, History, Server, Store, Undo2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { Catalog } from '@/lib/engine';
import {
  completeCatalog,
  isEmptyCatalog,
  removeEntry,
  removeTool,
  renameTag,
  type CatalogList,
  type PolicyCommand,
} from '@/lib/workspace';
import { siteAddress } from '../site/site-address';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { MenuContent, MenuItem } from '../ui/menu';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { CatalogLists } from './catalog-lists';
import { EmptyCatalog } from './empty-catalog';
import { EntryForm } from './entry-form';
import type { SourceRead } from './read-source';
import { ServerChooser } from './server-chooser';
import { SourceChooser } from './source-chooser';
import { SourcePreview } from './source-preview';
import { ToolForm } from './tool-form';

type CatalogView =
  | { readonly kind: 'lists' }
  | { readonly kind: 'entry'; readonly list: CatalogList; readonly key?: string }
  | { readonly kind: 'tool'; readonly resource: string; readonly name?: string }
  | { readonly kind: 'choose' }
  | { readonly kind: 'servers' }
  | { readonly kind: 'found'; readonly read: FoundCatalog; readonly name: string };

type FoundCatalog = Extract<SourceRead, { kind: 'found' }>;

const SAMPLE = 'samples/acme-catalog.json';

const known = (what: string, catalog: Catalog): FoundCatalog => ({
  kind: 'found',
  what,
  catalog,
  unplaced: [],
  renamable: false,
  notes: [],
});

/** The policy's catalog: to browse, to edit, and to fill from lists of tools, sessions, traces and bundles. */
export function CatalogDialog({ onClose }: { onClose(): void }) {
  const { workspace } = useSession();
  const { policy, history } = useWorkspace('policy', 'history');
  const { open } = useReplay('open');
  const [view, setView] = useState<CatalogView>({ kind: 'lists' });
  const [list, setList] = useState<string>('resources');
  const [changed, setChanged] = useState(0);
  const [problem, setProblem] = useState<string>();
  const catalog = completeCatalog(policy.catalog);
  const back = () => setView({ kind: 'lists' });

  function change(next: Catalog) {
    const command: PolicyCommand = { kind: 'set-catalog', catalog: isEmptyCatalog(next) ? null : next };
    const applied = workspace.dispatch(command);
    setProblem(applied.kind === 'refused' ? applied.problems.map(({ message }) => message).join('; ') : undefined);
    if (applied.kind === 'applied') setChanged(changed + 1);
    if (applied.kind !== 'refused') back();
  }

  async function takeSample() {
    try {
      const answer = await fetch(siteAddress(SAMPLE));
      if (!answer.ok) throw new Error('it could not be fetched');
      const sample = (await answer.json()) as Catalog;
      setView({ kind: 'found', read: known('the sample company', sample), name: SAMPLE });
    } catch (error) {
      setProblem(`the sample was not read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  const trace = open?.catalog;
  const shown =
    open === undefined || trace === undefined || isEmptyCatalog(trace)
      ? undefined
      : { name: open.info.name, catalog: trace };
  const onSample = () => void takeSample();
  const onServer = () => setView({ kind: 'servers' });
  const onTrace = () => {
    if (shown !== undefined)
      setView({ kind: 'found', read: known(`the trace “${shown.name}”`, shown.catalog), name: '' });
  };
  const fill = (
    <FillMenu
      onFile={() => setView({ kind: 'choose' })}
      onTrace={shown === undefined ? undefined : onTrace}
      onSample={onSample}
      onServer={onServer}
    />
  );

  return (
    <>
      <Dialog
        title="Catalog"
        description="The resources, tools, agents and users that your policy names. Suggestions, forms and previews use it; decisions never do."
        onClose={onClose}
        size="lg"
        footer={
          <>
            {changed > 0 && history.undo !== null ? (
              <Button
                className="mr-auto min-w-0"
                onClick={() => {
                  setChanged(changed - 1);
                  void workspace.undo();
                }}
              >
                <Undo2 size={14} aria-hidden />
                Undo: {history.undo}
              </Button>
            ) : null}
            <Button onClick={onClose}>Close</Button>
          </>
        }
      >
        {problem === undefined ? null : (
          <p role="alert" className="mb-3 rounded-md bg-deny-soft px-3 py-2 text-sm text-deny">
            Not done: {problem}.
          </p>
        )}
        {isEmptyCatalog(catalog) ? (
          <EmptyCatalog shown={shown} onTrace={onTrace} onSample={onSample} onServer={onServer} />
        ) : null}
        <CatalogLists
          catalog={catalog}
          list={list}
          onList={setList}
          fill={fill}
          onEntry={(of, key) => setView({ kind: 'entry', list: of, ...(key === undefined ? {} : { key }) })}
          onTool={(resource, name) => setView({ kind: 'tool', resource, ...(name === undefined ? {} : { name }) })}
          onRemove={(of, key) => change(removeEntry(catalog, of, key))}
          onRemoveTool={(resource, name) => change(removeTool(catalog, resource, name))}
          onRenameTag={(tag, name) => change(renameTag(catalog, tag, name))}
        />
      </Dialog>
      <Over view={view} catalog={catalog} onView={setView} onCatalog={change} />
    </>
  );
}

interface CatalogOverviewProps {
  view: CatalogView;
  catalog: Catalog;
  onView(view: CatalogView): void;
  onCatalog(catalog: Catalog): void;
}

/** The part above the lists. */
function Over({ view, catalog, onView, onCatalog }: CatalogOverviewProps) {
  const onBack = () => onView({ kind: 'lists' });
  const same = { catalog, onBack, onCatalog };
  switch (view.kind) {
    case 'lists':
      return null;
    case 'entry':
      return <EntryForm {...same} list={view.list} of={view.key} />;
    case 'tool':
      return <ToolForm {...same} resource={view.resource} of={view.name} />;
    case 'choose':
      return <SourceChooser onBack={onBack} onRead={(read, name) => onView({ kind: 'found', read, name })} />;
    case 'servers':
      return (
        <ServerChooser
          onBack={onBack}
          // A server may have another slug at the gateway.
          onCatalog={(what, found) =>
            onView({ kind: 'found', read: { ...known(what, found), renamable: true }, name: '' })
          }
        />
      );
    case 'found':
      return <SourcePreview {...same} read={view.read} name={view.name} />;
  }
}

interface FillMenuProps {
  onFile(): void;
  /** Undefined where no trace is open, or the open one names nothing. */
  onTrace: (() => void) | undefined;
  onSample(): void;
  onServer(): void;
}

function FillMenu({ onFile, onTrace, onSample, onServer }: FillMenuProps) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button>
          Fill from
          <ChevronDown size={14} aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <MenuContent align="end">
        <MenuItem icon={FileUp} onSelect={onFile}>
          A file or a text…
        </MenuItem>
        <MenuItem icon={History} disabled={onTrace === undefined} onSelect={() => onTrace?.()}>
          What the open trace shows…
        </MenuItem>
        <MenuItem icon={Server} onSelect={onServer}>
          A well-known server…
        </MenuItem>
        <MenuItem icon={Store} onSelect={onSample}>
          The sample company, Acme…
        </MenuItem>
      </MenuContent>
    </DropdownMenu.Root>
  );
}
