'use client';
import { useId, useState } from 'react';
import type { Rule } from '@/lib/engine';
import { editConflict, rulePart, type EditConflict, type RulePart, type ShownDraft } from '@/lib/workspace';
import { useSession, useWorkspace } from '../session/session';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { FormDialog } from '../ui/form-dialog';

type Side = 'edited' | 'saved';

interface EditConflictDialogProps {
  draft: ShownDraft;
  /** Saves the edit after its conflict was settled. */
  onSettled(): void;
  onClose(): void;
}

/** Asks which of two edits of one rule to keep, part by part; nothing is chosen beforehand. */
export function EditConflictDialog({ draft, onSettled, onClose }: EditConflictDialogProps) {
  const { workspace } = useSession();
  const { policy } = useWorkspace('policy');
  const conflict = editConflict(draft, policy.rules);
  const settle = (asSaved: readonly RulePart[]) => {
    workspace.settleDraft(asSaved);
    onSettled();
  };
  if (conflict === undefined) return <NoConflict onSave={onSettled} onClose={onClose} />;
  if (conflict.kind === 'deleted') return <DeletedRule onAdd={() => settle([])} onClose={onClose} />;
  return <ChangedParts edited={draft.rule} conflict={conflict} onSettle={settle} onClose={onClose} />;
}

/** What was changed elsewhere was taken back while this was asked. */
function NoConflict({ onSave, onClose }: { onSave(): void; onClose(): void }) {
  return (
    <FormDialog title="The conflict is gone" action="Save rule" onCancel={onClose} onSubmit={onSave}>
      <p className="text-sm text-ink-2">What was saved in the meantime does not contradict your edit any more.</p>
    </FormDialog>
  );
}

function DeletedRule({ onAdd, onClose }: { onAdd(): void; onClose(): void }) {
  const { workspace } = useSession();
  return (
    <Dialog
      title="This rule was deleted"
      description="It was deleted while you edited it, in another tab or by undo."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" onClick={() => workspace.closeDraft('discard')}>
            Discard my edit
          </Button>
          <Button look="primary" onClick={onAdd}>
            Add it again
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-2">Added again, it is in the place where it was, as you edited it.</p>
    </Dialog>
  );
}

interface ChangedPartsProps {
  edited: Rule;
  conflict: Extract<EditConflict, { kind: 'changed' }>;
  onSettle(asSaved: readonly RulePart[]): void;
  onClose(): void;
}

function ChangedParts({ edited, conflict, onSettle, onClose }: ChangedPartsProps) {
  const [chosen, setChosen] = useState<Partial<Record<RulePart, Side>>>({});
  const { parts, saved } = conflict;
  return (
    <FormDialog
      title="Two edits of one rule"
      description="The same parts of this rule were changed in another tab, or by undo, while you edited it. Choose what to keep."
      action="Save rule"
      disabled={parts.some((part) => chosen[part] === undefined)}
      onCancel={onClose}
      onSubmit={() => onSettle(parts.filter((part) => chosen[part] === 'saved'))}
    >
      {parts.map((part) => (
        <PartChoice
          key={part}
          part={part}
          edited={edited}
          saved={saved}
          chosen={chosen[part]}
          onChoose={(side) => setChosen((before) => ({ ...before, [part]: side }))}
        />
      ))}
    </FormDialog>
  );
}

interface ConflictPartProps {
  part: RulePart;
  edited: Rule;
  saved: Rule;
  chosen: Side | undefined;
  onChoose(side: Side): void;
}

function PartChoice({ part, edited, saved, chosen, onChoose }: ConflictPartProps) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-ink-2">{PART_TITLES[part]}</legend>
      <div className="space-y-1">
        {(['edited', 'saved'] as const).map((side) => (
          <label
            key={side}
            className="flex cursor-pointer items-baseline gap-2 rounded-md border border-line px-2 py-1.5 text-sm has-checked:border-accent has-checked:bg-accent-soft pointer-coarse:py-3"
          >
            <input type="radio" name={name} checked={chosen === side} onChange={() => onChoose(side)} />
            <span className="shrink-0 text-ink-2">{side === 'edited' ? 'Yours' : 'Saved'}</span>
            <span className="min-w-0 break-words whitespace-pre-wrap">
              {partText(part, side === 'edited' ? edited : saved)}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const PART_TITLES = {
  name: 'Name',
  description: 'Description',
  effect: 'Effect',
  status: 'Status',
  resources: 'Resources',
  agents: 'Agents',
  instances: 'Instances',
  users: 'Users',
  groups: 'Groups',
  tools: 'Tools',
  condition: 'Condition',
} as const satisfies Record<RulePart, string>;

function partText(part: RulePart, rule: Rule): string {
  const value = rulePart(part, rule);
  if (value === null) return 'no condition';
  if (typeof value === 'string') return value === '' ? 'empty' : value;
  if (value.length > 0) return value.join(', ');
  return part === 'tools' ? 'no tool' : 'any';
}
