'use client';
import { GitCompareArrows, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { digestOf, shortDigest } from '@/lib/bundle';
import type { NamedVersion } from '@/lib/store';
import { Button, IconButton } from '../ui/button';
import { Confirm } from '../ui/confirm';
import { CloseButton } from '../ui/close-button';
import { Dialog } from '../ui/dialog';
import { Field, TextInput } from '../ui/field';
import { notify } from '../ui/notify';
import { dayAndTime } from '../ui/time';
import { counted } from '../ui/words';
import type { WorkbenchDialog } from '../session/dialogs';
import { useSession, useWorkspace } from '../session/session';
import { HelpLink } from '../site/help-link';

interface VersionsDialogProps {
  onClose(): void;
  openDialog(dialog: WorkbenchDialog): void;
}

/** The named versions of the open policy: saved, compared with, brought back. */
export function VersionsDialog({ onClose, openDialog }: VersionsDialogProps) {
  const { workspace } = useSession();
  const { policy, versions } = useWorkspace('policy', 'versions');
  const [problem, setProblem] = useState<string>();
  const [deleting, setDeleting] = useState<NamedVersion>();

  function restore(version: NamedVersion) {
    const applied = workspace.restoreVersion(version.id);
    if (applied.kind === 'refused') {
      setProblem(applied.problems.map(({ message }) => message).join('; '));
      return;
    }
    const undo = { label: 'Undo', onClick: () => void workspace.undo() };
    if (applied.kind === 'unchanged') notify(`The policy is as it was in ${version.name}`);
    else notify(`Brought back: ${version.name}`, { action: undo });
    onClose();
  }

  function compare(version: NamedVersion) {
    void workspace.baselines.pinVersion(version);
    openDialog({ kind: 'compare' });
  }

  return (
    <>
      <Dialog
        title={`Versions of ${policy.name}`}
        help={<HelpLink to="replay/#versions" about="versions" />}
        description="A version is the whole policy as it was: its rules, settings, tests, catalog and notes."
        onClose={onClose}
        footer={<CloseButton onClose={onClose} />}
      >
        <div className="space-y-4">
          <SaveVersion problem={problem} onProblem={setProblem} />
          {versions.length === 0 ? (
            <p className="py-6 text-center text-sm text-ink-2">No version is saved yet.</p>
          ) : (
            <ul aria-label="Versions">
              {versions.map((version) => (
                <VersionItem
                  key={version.id}
                  version={version}
                  onCompare={() => compare(version)}
                  onRestore={() => restore(version)}
                  onDelete={() => setDeleting(version)}
                />
              ))}
            </ul>
          )}
        </div>
      </Dialog>
      {deleting === undefined ? null : (
        <Confirm
          title={`Delete ${deleting.name}?`}
          text="The version is removed from this browser. This cannot be undone. The policy itself stays as it is."
          action="Delete the version"
          onClose={() => setDeleting(undefined)}
          onConfirm={() => void workspace.deleteVersion(deleting.id)}
        />
      )}
    </>
  );
}

interface SaveVersionProps {
  problem: string | undefined;
  onProblem(problem: string | undefined): void;
}

function SaveVersion({ problem, onProblem }: SaveVersionProps) {
  const { workspace } = useSession();
  const { versions, draft } = useWorkspace('versions', 'draft');
  const [name, setName] = useState('');
  const freeName = `Version ${versions.length + 1}`;

  async function save() {
    const outcome = await workspace.saveVersion(name.trim() === '' ? freeName : name.trim());
    if ('message' in outcome) onProblem(`It could not be saved: ${outcome.message}`);
    else {
      onProblem(undefined);
      setName('');
    }
  }

  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="min-w-48 flex-1">
        <Field
          label="Save the policy as it is now, under the name"
          problem={problem}
          hint={draft === null ? undefined : 'The rule under edit is not saved, and so not part of it.'}
        >
          {(id, described) => (
            <TextInput
              id={id}
              aria-describedby={described}
              value={name}
              maxLength={200}
              placeholder={freeName}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Button look="primary" type="submit">
        Save a version
      </Button>
    </form>
  );
}

interface VersionItemProps {
  version: NamedVersion;
  onCompare(): void;
  onRestore(): void;
  onDelete(): void;
}

function VersionItem({ version: { name, at, content }, onCompare, onRestore, onDelete }: VersionItemProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line py-2 last:border-0">
      <div className="min-w-40 flex-1">
        <p className="text-sm font-medium break-words">{name}</p>
        <p className="text-xs text-ink-2">
          {dayAndTime(at)} · {counted(content.rules.length, 'rule')} ·{' '}
          <span className="font-mono">{shortDigest(digestOf(content))}</span>
        </p>
      </div>
      <Button aria-label={`Compare with ${name}`} onClick={onCompare}>
        <GitCompareArrows size={14} aria-hidden />
        Compare
      </Button>
      <Button aria-label={`Bring back ${name}`} onClick={onRestore}>
        <RotateCcw size={14} aria-hidden />
        Bring back
      </Button>
      <IconButton label={`Delete ${name}`} onClick={onDelete}>
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </li>
  );
}
