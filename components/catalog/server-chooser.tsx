'use client';
import type { Catalog } from '@/lib/engine';
import { fetchShipped } from '../site/shipped-file';
import { ShippedList, useShippedList } from '../site/shipped-list';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { counted } from '../ui/words';
import { OwnToolsHint } from './own-tools-hint';

interface ListedServer {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly tools: number;
}

interface ServerChooserProps {
  onBack(): void;
  onCatalog(what: string, catalog: Catalog): void;
}

const fetched = async (file: string): Promise<unknown> =>
  (await fetchShipped(`catalogs/${file}`, 'the catalog')).json();

const listServers = async () => (await fetched('index.json')) as readonly ListedServer[];

/** Chooses a well-known server, whose documented tools ship with the app. */
export function ServerChooser({ onBack, onCatalog }: ServerChooserProps) {
  const { items: servers, problem, onFailed } = useShippedList(listServers);

  async function choose({ id, title }: ListedServer) {
    try {
      onCatalog(`the documented tools of ${title}`, (await fetched(`${id}.json`)) as Catalog);
    } catch (error) {
      onFailed(error);
    }
  }

  return (
    <Dialog
      title="Tools of a well-known server"
      description="As each server documents them. A server may have other tools by its version, its settings and what a person may do: its own list decides."
      onClose={onBack}
      footer={<Button onClick={onBack}>Back</Button>}
    >
      {problem === undefined ? null : (
        <p role="alert" className="mb-2 text-sm text-deny">
          Not read: {problem}.
        </p>
      )}
      <ShippedList
        items={servers}
        sizeOf={({ tools }) => counted(tools, 'tool')}
        action="Look at them"
        labelOf={({ title }) => `Look at the tools of ${title}`}
        onChoose={(server) => void choose(server)}
      />
      <OwnToolsHint />
    </Dialog>
  );
}
