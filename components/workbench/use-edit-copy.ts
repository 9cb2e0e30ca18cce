import { useCallback, useEffect, useRef } from 'react';
import type { RuleId } from '@/lib/engine';
import { useIntakeActions } from '../intake/use-intake-actions';
import { useSession } from '../session/session';
import type { LinkState } from '../session/use-link';

/** Saves the previewed policy as a new one, and opens it for editing; the preview stays where Back goes. The function stays the same. */
export function useEditCopy(link: LinkState): (id?: RuleId) => void {
  const { workspace } = useSession();
  const { saveAsNew } = useIntakeActions(link);
  const latest = useRef({ link, saveAsNew });
  useEffect(() => {
    latest.current = { link, saveAsNew };
  });
  return useCallback(
    (id) => {
      const { preview } = latest.current.link;
      if (preview === undefined) return;
      void latest.current.saveAsNew(preview.bundle).then((saved) => {
        if (saved && id !== undefined) workspace.editRule(id);
      });
    },
    [workspace],
  );
}
