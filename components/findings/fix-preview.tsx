'use client';
import { useMemo } from 'react';
import type { FindingFix } from '@/lib/findings';
import { Button } from '../ui/button';
import { notify } from '../ui/notify';
import { ImpactOf } from '../policy/impact-panel';
import { useSession, useWorkspace } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { commandOf, rulesAfter } from './finding-fix';

/** What a fix would change in the decisions, and the button that applies it. */
export function FixPreview({ fix: { title: marked, edit }, onDone }: { fix: FindingFix; onDone(): void }) {
  const title = marked.replaceAll('`', '');
  const { workspace } = useSession();
  const { draft } = useWorkspace('draft');
  const { rules, settings, from } = useShownPolicy();
  const [before, after] = useMemo(
    () => [
      { rules, settings },
      { rules: rulesAfter(rules, edit), settings },
    ],
    [rules, settings, edit],
  );
  const inEditor = draft !== null && edit.kind === 'change-rule' && edit.rule.id === draft.rule.id;
  const isBlocked = from === 'draft' && !inEditor;

  function apply() {
    if (inEditor) {
      workspace.changeDraft(edit.rule);
      onDone();
      return;
    }
    const applied = workspace.dispatch(commandOf(rules, edit));
    if (applied.kind === 'refused') {
      notify(`Not done: ${applied.problems[0]?.message ?? ''}`);
      return;
    }
    notify(`Done: ${title.charAt(0).toLowerCase()}${title.slice(1)}`, {
      action: { label: 'Undo', onClick: () => void workspace.undo() },
    });
    onDone();
  }

  return (
    <div className="mt-2 space-y-2" data-testid="fix-preview">
      <ImpactOf before={before} after={after} title="What this fix would change" />
      {isBlocked ? (
        <p className="text-xs text-ink-2">
          Save or leave the edit of the rule first: the finding is about the unsaved edit.
        </p>
      ) : null}
      <Button look="primary" disabled={isBlocked} onClick={apply}>
        {title}
      </Button>
    </div>
  );
}
