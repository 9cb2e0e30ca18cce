'use client';
import { useEffect } from 'react';
import { isTyping } from '../ui/typing';
import type { WorkbenchDialog } from '../session/dialogs';
import { useSession } from '../session/session';

/** Keys that work wherever the focus is; those without a modifier are ignored while the user types. */
export function useShortcuts(openDialog: (dialog: WorkbenchDialog) => void): void {
  const { workspace } = useSession();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const command = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      if (command && key === 'k') {
        event.preventDefault();
        openDialog({ kind: 'commands' });
      } else if (command && key === 'z' && !isTyping(event.target)) {
        event.preventDefault();
        void (event.shiftKey ? workspace.redo() : workspace.undo());
      } else if (command && key === 'y' && !isTyping(event.target)) {
        event.preventDefault();
        void workspace.redo();
      } else if (event.key === '?' && !command && !isTyping(event.target)) {
        event.preventDefault();
        openDialog({ kind: 'help' });
      }
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [workspace, openDialog]);
}
