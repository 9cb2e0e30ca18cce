'use client';
import { sameJson, type ShownDraft } from '@/lib/workspace';
import { useWorkspace } from '../session/session';

/** Whether the edit differs from the saved policy; only then does the trace preview it. */
export function DraftNote({ draft }: { draft: ShownDraft }) {
  const { policy } = useWorkspace('policy');
  const saved = policy.rules.find(({ id }) => id === draft.rule.id);
  if (sameJson(saved, draft.rule)) return <span className="ml-auto text-xs text-ink-2">as saved</span>;
  return (
    <span className="ml-auto rounded bg-accent-soft px-1.5 text-xs font-medium text-accent">
      unsaved, previewed in the trace
    </span>
  );
}
