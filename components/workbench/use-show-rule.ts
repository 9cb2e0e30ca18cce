'use client';
import { useCallback, useEffect, useState } from 'react';
import type { RuleId } from '@/lib/engine';
import { focusRule } from '../policy/focus-rule';
import { useSession } from '../session/session';

/** Scrolls to a rule in the policy's list, and focuses it. */
export function useShowRule(toPolicy: () => void): (id: RuleId) => void {
  const { workspace } = useSession();
  const [wanted, setWanted] = useState<{ readonly id: RuleId }>();
  useEffect(() => (wanted === undefined ? undefined : focusRule(wanted.id, { block: 'center' })), [wanted]);
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
