'use client';
import { useCallback, useEffect, useState } from 'react';
import type { RuleId } from '@/lib/engine';
import { useSession } from '../session/session';

/** Scrolls to a rule in the policy's list and focuses it. */
export function useShowRule(toPolicy: () => void): (id: RuleId) => void {
  const { workspace } = useSession();
  const [wanted, setWanted] = useState<{ readonly id: RuleId }>();
  useEffect(() => {
    if (wanted === undefined) return;
    // In a separate task: a closing dialog restores the focus in a task that was queued before.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      const row = document.querySelector(`[data-rule="${CSS.escape(wanted.id)}"]`);
      // The rows of a long policy are drawn a few at a time.
      if (row === null && document.querySelector('ol[aria-busy="true"]') !== null) {
        timer = setTimeout(show);
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
