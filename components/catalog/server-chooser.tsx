'use client';
import { useEffect, useState } from 'react';
import type { Catalog } from '@/lib/engine';
import { siteAddress } from '../site/site-address';
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

async function fetched(file: string): Promise<unknown> {
  const answer = await fetch(siteAddress(`catalogs/${file}`));
  if (!answer.ok) throw new Error('the catalog could not be fetched');
  return answer.json();
}

/** Chooses a well-known server, whose documented tools ship with the app. */
export function ServerChooser({ onBack, onCatalog }: ServerChooserProps) {
  const [servers, setServers] = useState<readonly ListedServer[]>([]);
  const [problem, setProblem] = useState<string>();
  const failed = (error: unknown) => setProblem(messageOf(error));
  useEffect(() => {
    let gone = false;
    fetched('index.json').then(
      (listed) => !gone && setServers(listed as readonly ListedServer[]),
      (error: unknown) => !gone && setProblem(messageOf(error)),
    );
    return () => {
      gone = true;
    };
  }, []);

  async function choose({ id, title }: ListedServer) {
    try {
      onCatalog(`the documented tools of ${title}`, (await fetched(`${id}.json`)) as Catalog);
    } catch (error) {
      failed(error);
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
      <ul className="divide-y divide-line">
        {servers.map((server) => (
          <li key={server.id} className="flex items-center gap-3 py-1.5 text-sm">
            <span className="min-w-0 flex-1">
              <span className="font-medium">{server.title}</span>{' '}
              <span className="text-xs text-ink-2">
                {server.about}, {counted(server.tools, 'tool')}
              </span>
            </span>
            <Button aria-label={`Look at the tools of ${server.title}`} onClick={() => void choose(server)}>
              Look at them
            </Button>
          </li>
        ))}
      </ul>
      <OwnToolsHint />
    </Dialog>
  );
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
