'use client';
import { useEffect, useState } from 'react';
import { askToPersist, isFailure, readRoom, type StorageRoom } from '@/lib/store';
import { Button } from '../ui/button';
import { CloseButton } from '../ui/close-button';
import { Dialog } from '../ui/dialog';
import { downloadWork } from '../session/download-work';
import { forgetPagePreferences } from '../session/page-preferences';
import { notify } from '../ui/notify';
import { counted } from '../ui/words';
import { FileButton } from '../ui/choose-file';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { ImportWork } from './import-work';
import { HelpLink } from '../site/help-link';

/** The data that this browser stores for the page: its size, whether it is persistent, download and deletion. */
export function DataDialog({ onClose }: { onClose(): void }) {
  const { policies, aside, saved } = useWorkspace('policies', 'aside', 'saved');
  const { traces } = useReplay('traces');
  const [room, setRoom] = useState<StorageRoom>();
  const [deleting, setDeleting] = useState(false);
  useEffect(() => {
    void readRoom(navigator.storage).then(setRoom);
  }, []);
  const [incoming, setIncoming] = useState<File>();
  if (incoming !== undefined) return <ImportWork file={incoming} onClose={onClose} />;
  if (deleting) return <DeleteEverything onClose={onClose} />;

  async function keep() {
    const promised = await askToPersist(navigator.storage);
    setRoom(await readRoom(navigator.storage));
    if (promised !== true)
      notify('The browser did not agree to keep it. It may agree later, when you use the page more.');
  }
  return (
    <Dialog
      title="Data in this browser"
      help={<HelpLink to="privacy/" about="what is kept" />}
      description="All that you make here is kept in this browser, and goes nowhere else."
      onClose={onClose}
      footer={<CloseButton onClose={onClose} />}
    >
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-2 text-sm">
        <dt className="text-ink-2">Kept here</dt>
        <dd>
          {counted(policies.length, 'policy', 'policies')}
          {aside.length === 0 ? '' : ` (and ${aside.length} archived or deleted)`},{' '}
          {counted(traces.length, 'trace', 'traces')}
        </dd>
        <dt className="text-ink-2">Storage used</dt>
        <dd>{saved.kind === 'memory' ? `none: ${saved.reason}` : usedWords(room)}</dd>
        <dt className="text-ink-2">How safe it is</dt>
        <dd>{saved.kind === 'memory' ? 'It is gone when this page is closed.' : safetyWords(room)}</dd>
      </dl>
      <div className="mt-5 flex flex-wrap gap-2">
        <Button look="primary" onClick={() => void downloadWork()}>
          Download my work
        </Button>
        <FileButton label="Import a download…" accept=".zip,application/zip" onFile={setIncoming} />
        {saved.kind === 'memory' || room?.persisted !== false ? null : (
          <Button onClick={() => void keep()}>Ask the browser to keep it</Button>
        )}
        <Button look="danger" onClick={() => setDeleting(true)}>
          Delete all my data…
        </Button>
      </div>
      <p className="mt-3 text-xs text-ink-2">
        The download is one file with your policies as bundles, their history and versions, the traces as NDJSON, the
        cases, your settings, and a manifest with the digest of each file. Imported here or in another browser, it is
        checked by those digests.
      </p>
    </Dialog>
  );
}

function DeleteEverything({ onClose }: { onClose(): void }) {
  const { workspace } = useSession();
  const [problem, setProblem] = useState<string>();
  async function erase() {
    const erased = await workspace.deleteEverything();
    if (isFailure(erased)) return setProblem(erased.message);
    forgetPagePreferences();
    // The worker still has its data in memory.
    location.reload();
  }
  return (
    <Dialog
      title="Delete all my data?"
      onClose={onClose}
      footer={
        <>
          <Button onClick={() => void downloadWork()}>Download my work first</Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" onClick={() => void erase()}>
            Delete everything
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-2">
        Every policy with its history and versions, every trace, and your settings are deleted from this browser. This
        cannot be undone.
      </p>
      {problem === undefined ? null : (
        <p role="alert" className="mt-2 text-sm text-deny">
          The browser did not delete it: {problem}
        </p>
      )}
    </Dialog>
  );
}

function usedWords(room: StorageRoom | undefined): string {
  if (room === undefined) return 'asking the browser…';
  if (room.used === null) return 'not known';
  return room.quota === null ? sizeWords(room.used) : `${sizeWords(room.used)} of ${sizeWords(room.quota)} allowed`;
}

function safetyWords(room: StorageRoom | undefined): string {
  if (room === undefined) return 'asking the browser…';
  if (room.persisted === true) return 'The browser does not discard it by itself.';
  if (room.persisted === false) return 'The browser may discard it when it runs short of space.';
  return 'It is not known whether the browser may discard it.';
}

/** Bytes in decimal units. */
function sizeWords(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat('en', {
    style: 'unit',
    unit: units[power] ?? 'byte',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(bytes / 1000 ** power);
}
