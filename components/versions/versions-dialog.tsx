'use client';
import { GitCompareArrows, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { digestOf, shortDigest } from '@/lib/bundle';
import type { NamedVersion } from '@/lib/store';
import { Button, IconButton } from '../ui/button';
import { Confirm } from '../ui/confirm';
import { Dialog } from '../ui/dialog';
import { Field, TextInput } from '../ui/field';
import { notify } from '../ui/notify';
import { dayAndTime } from '../ui/time';
import type { WorkbenchDialog } from '../session/dialogs';
import { useSession, useWorkspace } from '../session/session';

interface VersionsDialogProps {
  onClose(): void;
  openDialog(dialog: WorkbenchDialog): void;
}

/** The named versions of the open policy: saved, compared with, brought back. */
export function VersionsDialog({ onClose, openDialog }: VersionsDialogProps) {
  const { workspace } = useSession();
  const { policy, versions, draft } = useWorkspace('policy', 'versions', 'draft');
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const [deleting, setDeleting] = useState<NamedVersion>();

  async function save() {
    const outcome = await workspace.saveVersion(name.trim() === '' ? `Version ${versions.length + 1}` : name.trim());
    if ('message' in outcome) setProblem(`It could not be saved: ${outcome.message}`);
    else {
      setProblem(undefined);
      setName('');
    }
  }

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
        description="A version is the whole policy as it was: its rules, settings, tests, catalog and notes."
        onClose={onClose}
        footer={<Button onClick={onClose}>Close</Button>}
      >
        <div className="space-y-4">
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
                    placeholder={`Version ${versions.length + 1}`}
                    onChange={(event) => setName(event.target.value)}
                  />
                )}
              </Field>
            </div>
            <Button look="primary" type="submit">
              Save a version
            </Button>
          </form>
          {versions.length === 0 ? (
            <p className="py-6 text-center text-sm text-ink-2">No version is saved yet.</p>
          ) : (
            <ul aria-label="Versions">
              {versions.map((version) => (
                <li
                  key={version.id}
                  className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line py-2 last:border-0"
                >
                  <div className="min-w-40 flex-1">
                    <p className="text-sm font-medium break-words">{version.name}</p>
                    <p className="text-xs text-ink-2">
                      {dayAndTime(version.at)} · {version.content.rules.length}{' '}
                      {version.content.rules.length === 1 ? 'rule' : 'rules'} ·{' '}
                      <span className="font-mono">{shortDigest(digestOf(version.content))}</span>
                    </p>
                  </div>
                  <Button aria-label={`Compare with ${version.name}`} onClick={() => compare(version)}>
                    <GitCompareArrows size={14} aria-hidden />
                    Compare
                  </Button>
                  <Button aria-label={`Bring back ${version.name}`} onClick={() => restore(version)}>
                    <RotateCcw size={14} aria-hidden />
                    Bring back
                  </Button>
                  <IconButton label={`Delete ${version.name}`} onClick={() => setDeleting(version)}>
                    <Trash2 size={14} aria-hidden />
                  </IconButton>
                </li>
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
