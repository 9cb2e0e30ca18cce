'use client';
import { useState } from 'react';
import { useSession, useWorkspace } from '../session/session';
import { Field, TextArea } from '../ui/field';
import { FormDialog } from '../ui/form-dialog';
import { notify } from '../ui/notify';
import { HiddenInProse } from './hidden-in-prose';

const MOST = 20_000;

/** The description and the notes of the open policy: texts that travel with it, and decide nothing. */
export function NotesDialog({ onClose }: { onClose(): void }) {
  const { workspace } = useSession();
  const { policy } = useWorkspace('policy');
  const [description, setDescription] = useState(policy.description);
  const [notes, setNotes] = useState(policy.notes ?? '');

  function save() {
    const applied = [
      ...(description === policy.description ? [] : [workspace.dispatch({ kind: 'set-description', description })]),
      ...(notes === (policy.notes ?? '') ? [] : [workspace.dispatch({ kind: 'set-notes', notes })]),
    ];
    const refused = applied.find((one) => one.kind === 'refused');
    if (refused?.kind === 'refused') notify(`Not saved: ${refused.problems.map(({ message }) => message).join('; ')}`);
    else onClose();
  }

  return (
    <FormDialog
      title={`Notes of ${policy.name}`}
      description="They travel with the policy in its bundle and in links that include them, and are no part of its digest. Whoever opens it reads them beside the rules."
      size="lg"
      action="Save"
      onCancel={onClose}
      onSubmit={save}
    >
      <Field label="Description" hint="What the policy is for, in a sentence">
        {(id, described) => (
          <TextArea
            id={id}
            aria-describedby={described}
            rows={2}
            maxLength={2_000}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      <HiddenInProse text={description} what="description" onText={setDescription} />
      <Field label="Notes" hint="For example why you propose it, and what changes against the policy as it is">
        {(id, described) => (
          <TextArea
            id={id}
            aria-describedby={described}
            rows={8}
            maxLength={MOST}
            value={notes}
            onChange={(event) => setNotes(event.target.value)}
          />
        )}
      </Field>
      <HiddenInProse text={notes} what="notes" onText={setNotes} />
    </FormDialog>
  );
}
