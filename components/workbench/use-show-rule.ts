'use client';
import { useCallback, useEffect, useState } from 'react';
import type { RuleId } from '@/lib/engine';
import { useSession } from '../session/session';

/** Brings a rule into sight in the policy's list, and puts the focus on it. */
export function useShowRule(toPolicy: () => void): (id: RuleId) => void {
  const { workspace } = useSession();
  const [wanted, setWanted] = useState<{ readonly id: RuleId }>();
  useEffect(() => {
    if (wanted === undefined) return;
    // In a task of its own: a dialog that closes gives the focus back in one, which was queued before.
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
      // The editor stands in the list's place; what is unsaved in it is kept.
      workspace.closeDraft('keep');
      toPolicy();
      setWanted({ id });
    },
    [workspace, toPolicy],
  );
}
