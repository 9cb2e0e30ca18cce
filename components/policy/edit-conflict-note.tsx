'use client';
import { useMemo } from 'react';
import { editConflict, type ShownDraft } from '@/lib/workspace';
import { useWorkspace } from '../session/session';
import { Button } from '../ui/button';

/** Says, while a rule is edited, that the same was changed elsewhere: before the edit is saved. */
export function EditConflictNote({ draft, onSettle }: { draft: ShownDraft; onSettle(): void }) {
  const { policy } = useWorkspace('policy');
  const conflict = useMemo(() => editConflict(draft, policy.rules), [draft, policy.rules]);
  if (conflict === undefined) return null;
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-2 border-b border-gated/40 bg-gated-soft px-3 py-2 text-sm"
    >
      <span className="mr-auto">
        {conflict.kind === 'deleted'
          ? 'This rule was deleted in another tab, or by undo.'
          : `Also changed in another tab, or by undo: ${conflict.parts.join(', ')}.`}
      </span>
      <Button onClick={onSettle}>Choose what to keep</Button>
    </div>
  );
}
