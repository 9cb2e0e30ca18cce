'use client';
import { Archive, ArchiveRestore, FolderOpen, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { PolicyId } from '@/lib/store';
import type { AsidePolicy, OpeningOutcome, PolicySummary } from '@/lib/workspace';
import { Button, IconButton } from '../ui/button';
import { CloseButton } from '../ui/close-button';
import { Dialog } from '../ui/dialog';
import { TextInput } from '../ui/field';
import { notify } from '../ui/notify';
import { dayAndTime } from '../ui/time';
import { counted } from '../ui/words';
import { useSession, useWorkspace } from '../session/session';

/** All policies of this browser, by where they are. */
export function PoliciesDialog({ onClose }: { onClose(): void }) {
  const { workspace } = useSession();
  const { policy, policies, aside } = useWorkspace('policy', 'policies', 'aside');
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const fits = ({ name }: PolicySummary) => name.toLowerCase().includes(wanted);
  const within = (place: AsidePolicy['place']) => aside.filter((one) => one.place === place && fits(one));

  const report = (outcome: OpeningOutcome) => {
    if (outcome.kind === 'failed') notify(`The browser refused it: ${outcome.message}`);
    if (outcome.kind === 'missing') notify('The policy is no longer there');
    return outcome.kind === 'opened';
  };
  const openOne = async (opening: Promise<OpeningOutcome>) => {
    if (report(await opening)) onClose();
  };
  const remove = async ({ id, name }: PolicySummary) => {
    if (!report(await workspace.deletePolicy(id))) return;
    notify(`Deleted ${name}`, { action: { label: 'Undo', onClick: () => void workspace.restorePolicy(id) } });
  };
  const bringBack = (one: PolicySummary) => (
    <Button aria-label={`Bring back ${one.name}`} onClick={() => void openOne(workspace.restorePolicy(one.id))}>
      <ArchiveRestore size={14} aria-hidden />
      Bring back
    </Button>
  );
  const deleted = (one: PolicySummary) => (
    <IconButton label={`Delete ${one.name}`} onClick={() => void remove(one)}>
      <Trash2 size={14} aria-hidden />
    </IconButton>
  );

  return (
    <Dialog
      title="Policies in this browser"
      description="An archived policy is off the menu, and keeps its history and versions."
      onClose={onClose}
      footer={<CloseButton onClose={onClose} />}
    >
      <div className="space-y-4">
        <TextInput
          type="search"
          aria-label="Find a policy by name"
          placeholder="Find a policy by name"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <PolicyGroup heading="In use" policies={policies.filter(fits)} open={policy.id}>
          {(one) => (
            <>
              <Button
                aria-label={`Open ${one.name}`}
                disabled={one.id === policy.id}
                onClick={() => void openOne(workspace.openPolicy(one.id))}
              >
                <FolderOpen size={14} aria-hidden />
                Open
              </Button>
              <Button
                aria-label={`Archive ${one.name}`}
                onClick={() => void workspace.archivePolicy(one.id).then(report)}
              >
                <Archive size={14} aria-hidden />
                Archive
              </Button>
              {deleted(one)}
            </>
          )}
        </PolicyGroup>
        <PolicyGroup heading="Archive" policies={within('archive')}>
          {(one) => (
            <>
              {bringBack(one)}
              {deleted(one)}
            </>
          )}
        </PolicyGroup>
        <PolicyGroup heading="Deleted, and removed for good after seven days" policies={within('bin')}>
          {bringBack}
        </PolicyGroup>
      </div>
    </Dialog>
  );
}

interface PolicyGroupProps<T extends PolicySummary> {
  heading: string;
  policies: readonly T[];
  /** The one that is open. */
  open?: PolicyId;
  children(policy: T): ReactNode;
}

function PolicyGroup<T extends PolicySummary>({ heading, policies, open, children }: PolicyGroupProps<T>) {
  if (policies.length === 0) return null;
  return (
    <section aria-label={heading}>
      <h3 className="text-xs font-medium text-ink-2">{heading}</h3>
      <ul className="divide-y divide-line">
        {policies.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-2 py-2">
            <div className="min-w-40 flex-1">
              <p className="text-sm font-medium break-words">
                {one.name}
                {one.id === open ? <span className="font-normal text-ink-2"> (open)</span> : null}
              </p>
              <p className="text-xs text-ink-2">
                {counted(one.rules, 'rule')} · {dayAndTime(one.updatedAt)}
              </p>
            </div>
            {children(one)}
          </li>
        ))}
      </ul>
    </section>
  );
}
