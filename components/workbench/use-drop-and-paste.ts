'use client';
import { useEffect } from 'react';
import { isTyping } from '../ui/typing';
import type { WorkbenchDialog } from './dialogs';

/** A bundle's file is opened as a policy; anything else is taken for a trace. */
const dialogFor = (file: File): WorkbenchDialog =>
  /\.policy\.json$/i.test(file.name) ? { kind: 'open', file } : { kind: 'import', file };

/** A file dropped anywhere, or text pasted outside a field, is offered for import. */
export function useDropAndPaste(openDialog: (dialog: WorkbenchDialog) => void, busy: boolean): void {
  useEffect(() => {
    function onDragOver(event: DragEvent) {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    }
    function onDrop(event: DragEvent) {
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      if (!busy) openDialog(dialogFor(file));
    }
    function onPaste(event: ClipboardEvent) {
      if (busy || isTyping(event.target)) return;
      const file = event.clipboardData?.files[0];
      if (file !== undefined) return openDialog(dialogFor(file));
      const text = event.clipboardData?.getData('text/plain').trim();
      if (text === undefined || text === '') return;
      openDialog(
        /^\s*[[{]/.test(text) && !/"policy-bundle"/.test(text) ? { kind: 'import', text } : { kind: 'open', text },
      );
    }
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('drop', onDrop);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('drop', onDrop);
      document.removeEventListener('paste', onPaste);
    };
  }, [openDialog, busy]);
}
