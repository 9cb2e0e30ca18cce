'use client';
import { ChevronDown, FileUp, History, Server, Store, Undo2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { Catalog } from '@/lib/engine';
import { completeCatalog, isEmptyCatalog, removeEntry, removeTool, renameTag, type CatalogList } from '@/lib/workspace';
import { fetchShipped } from '../site/shipped-file';
import { Button } from '../ui/button';
import { CloseButton } from '../ui/close-button';
import { Dialog } from '../ui/dialog';
import { MenuContent, MenuItem } from '../ui/menu';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { HelpLink } from '../site/help-link';
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

const found = (what: string, catalog: Catalog): FoundCatalog => ({
  kind: 'found',
  what,
  catalog,
  unplaced: [],
  renamable: false,
  notes: [],
});

/** The policy's catalog: to browse, to edit, and to fill from lists of tools, sessions, traces and bundles. */
export function CatalogDialog({ onClose }: { onClose(): void }) {
  const { policy } = useWorkspace('policy');
  const [view, setView] = useState<CatalogView>({ kind: 'lists' });
  const [list, setList] = useState<string>('resources');
  const { change, changed, problem, setProblem, undo } = useCatalogEdits(() => setView({ kind: 'lists' }));
  const catalog = completeCatalog(policy.catalog);
  const trace = useTraceCatalog();
  const fill: CatalogSources = {
    trace,
    onFile: () => setView({ kind: 'choose' }),
    onTrace: () => {
      if (trace !== undefined)
        setView({ kind: 'found', read: found(`the trace “${trace.name}”`, trace.catalog), name: '' });
    },
    onSample: () =>
      void readSample().then(
        (sample) => setView({ kind: 'found', read: found('the sample company', sample), name: SAMPLE }),
        (error: unknown) =>
          setProblem(`the sample was not read: ${error instanceof Error ? error.message : String(error)}`),
      ),
    onServer: () => setView({ kind: 'servers' }),
  };

  return (
    <>
      <Dialog
        title="Catalog"
        help={<HelpLink to="rules/#the-catalog" about="the catalog" />}
        description="The resources, tools, agents and users that your policy names. Suggestions, forms and previews use it; decisions never do."
        onClose={onClose}
        size="lg"
        footer={
          <>
            {changed > 0 ? <UndoChange onUndo={undo} /> : null}
            <CloseButton onClose={onClose} />
          </>
        }
      >
        {problem === undefined ? null : (
          <p role="alert" className="mb-3 rounded-md bg-deny-soft px-3 py-2 text-sm text-deny">
            Not done: {problem}.
          </p>
        )}
        {isEmptyCatalog(catalog) ? <EmptyCatalog {...fill} /> : null}
        <CatalogLists
          catalog={catalog}
          list={list}
          onList={setList}
          fill={<FillMenu {...fill} />}
          onEntry={(of, key) => setView({ kind: 'entry', list: of, ...(key === undefined ? {} : { key }) })}
          onTool={(resource, name) => setView({ kind: 'tool', resource, ...(name === undefined ? {} : { name }) })}
          onRemove={(of, key) => change(removeEntry(catalog, of, key))}
          onRemoveTool={(resource, name) => change(removeTool(catalog, resource, name))}
          onRenameTag={(tag, name) => change(renameTag(catalog, tag, name))}
        />
      </Dialog>
      <OverLists view={view} catalog={catalog} onView={setView} onCatalog={change} />
    </>
  );
}

/** Edits of the policy's catalog: how many this dialog made, and why the last one was refused. */
function useCatalogEdits(onApplied: () => void) {
  const { workspace } = useSession();
  const [changed, setChanged] = useState(0);
  const [problem, setProblem] = useState<string>();

  function change(next: Catalog) {
    const applied = workspace.dispatch({ kind: 'set-catalog', catalog: isEmptyCatalog(next) ? null : next });
    setProblem(applied.kind === 'refused' ? applied.problems.map(({ message }) => message).join('; ') : undefined);
    if (applied.kind === 'applied') setChanged(changed + 1);
    if (applied.kind !== 'refused') onApplied();
  }

  function undo() {
    setChanged(changed - 1);
    void workspace.undo();
  }
  return { change, changed, problem, setProblem, undo };
}

/** What the open trace names; undefined where none is open, or it names nothing. */
function useTraceCatalog() {
  const { open } = useReplay('open');
  const catalog = open?.catalog;
  return open === undefined || catalog === undefined || isEmptyCatalog(catalog)
    ? undefined
    : { name: open.info.name, catalog };
}

const readSample = async (): Promise<Catalog> => (await (await fetchShipped(SAMPLE, 'it')).json()) as Catalog;

function UndoChange({ onUndo }: { onUndo(): void }) {
  const { history } = useWorkspace('history');
  if (history.undo === null) return null;
  return (
    <Button className="mr-auto min-w-0" onClick={onUndo}>
      <Undo2 size={14} aria-hidden />
      Undo: {history.undo}
    </Button>
  );
}

interface OverListsProps {
  view: CatalogView;
  catalog: Catalog;
  onView(view: CatalogView): void;
  onCatalog(catalog: Catalog): void;
}

/** The part above the lists. */
function OverLists({ view, catalog, onView, onCatalog }: OverListsProps) {
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
          onCatalog={(what, served) =>
            onView({ kind: 'found', read: { ...found(what, served), renamable: true }, name: '' })
          }
        />
      );
    case 'found':
      return <SourcePreview {...same} read={view.read} name={view.name} />;
  }
}

/** What the catalog can be filled from. */
interface CatalogSources {
  /** What the open trace names. */
  trace: ReturnType<typeof useTraceCatalog>;
  onFile(): void;
  onTrace(): void;
  onSample(): void;
  onServer(): void;
}

function FillMenu({ trace, onFile, onTrace, onSample, onServer }: CatalogSources) {
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
        <MenuItem icon={History} disabled={trace === undefined} onSelect={onTrace}>
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
