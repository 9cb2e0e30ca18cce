'use client';
import { useCallback, useEffect, useState } from 'react';
import type { RuleId } from '@/lib/engine';
import { useSession } from '../session/session';
import { showRow } from '../ui/show-row';

/** So many times, and milliseconds apart, a row is looked for that is not drawn yet. */
const TRIES = 60;
const BETWEEN_TRIES = 16;

/** Scrolls to a rule in the policy's list, and focuses it. */
export function useShowRule(toPolicy: () => void): (id: RuleId) => void {
  const { workspace } = useSession();
  const [wanted, setWanted] = useState<{ readonly id: RuleId }>();
  useEffect(() => {
    if (wanted === undefined) return;
    // In a separate task: a closing dialog restores the focus in a task that was queued before.
    let timer: ReturnType<typeof setTimeout> | undefined;
    let tries = 0;
    const show = () => {
      const row = document.querySelector(`[data-rule="${CSS.escape(wanted.id)}"]`);
      // Of a long policy only the rows near the visible part are drawn.
      if (row === null && tries++ < TRIES) {
        showRow(wanted.id);
        timer = setTimeout(show, BETWEEN_TRIES);
        return;
      }
      row?.scrollIntoView({ block: 'center' });
      row?.querySelector<HTMLElement>('[data-rule-name]')?.focus();
    };
    timer = setTimeout(show);
    return () => clearTimeout(timer);
  }, [wanted]);
  return useCallback(
    (id) => {
      // The editor replaces the list; its unsaved changes are kept.
      workspace.closeDraft('keep');
      toPolicy();
      setWanted({ id });
    },
    [workspace, toPolicy],
  );
}
