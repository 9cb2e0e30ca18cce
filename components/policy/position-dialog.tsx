'use client';
import { useState } from 'react';
import type { RuleId } from '@/lib/engine';
import { Field, TextInput } from '../ui/field';
import { FormDialog } from '../ui/form-dialog';
import { useSession, useWorkspace } from '../session/session';
import { MoveImpact } from './move-impact';

/** Moves a rule to a position by its number: for long policies, and as an alternative to dragging. */
export function PositionDialog({ ruleId, onClose }: { ruleId: RuleId; onClose(): void }) {
  const { workspace } = useSession();
  const { policy } = useWorkspace('policy');
  const at = policy.rules.findIndex((rule) => rule.id === ruleId);
  const [text, setText] = useState(String(at + 1));
  const position = Number(text);
  const valid = Number.isInteger(position) && position >= 1 && position <= policy.rules.length;
  return (
    <FormDialog
      title={`Move ${policy.rules[at]?.name ?? 'the rule'}`}
      action="Move"
      disabled={!valid}
      onCancel={onClose}
      onSubmit={() => {
        workspace.dispatch({ kind: 'move-rule', id: ruleId, index: position - 1 });
        onClose();
      }}
    >
      <Field
        label="Position"
        hint={`From 1, evaluated first, to ${policy.rules.length}`}
        problem={valid ? undefined : `a whole number from 1 to ${policy.rules.length}`}
      >
        {(id, described) => (
          <TextInput
            id={id}
            aria-describedby={described}
            inputMode="numeric"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {valid ? (
        <div className="mt-3 rounded-md bg-sunken px-3 py-2">
          <MoveImpact rules={policy.rules} id={ruleId} index={position - 1} />
        </div>
      ) : null}
    </FormDialog>
  );
}
