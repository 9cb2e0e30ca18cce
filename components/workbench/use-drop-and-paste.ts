'use client';
import { useEffect } from 'react';
import { isTyping } from '../ui/typing';
import type { WorkbenchDialog } from '../session/dialogs';

/** A policy is opened as such; anything else is treated as a trace. */
async function dialogFor(file: File): Promise<WorkbenchDialog> {
  if (/\.policy\.json$/i.test(file.name)) return { kind: 'open', file };
  const { looksLikePolicy } = await import('@/lib/intake');
  return { kind: looksLikePolicy(await file.slice(0, 64 * 1024).text()) ? 'open' : 'import', file };
}

async function dialogForText(text: string): Promise<WorkbenchDialog> {
  const { looksLikePolicy } = await import('@/lib/intake');
  const trace = !looksLikePolicy(text) && /^[[{]|\n/.test(text);
  return { kind: trace ? 'import' : 'open', text };
}

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
      if (!busy) void dialogFor(file).then(openDialog);
    }
    function onPaste(event: ClipboardEvent) {
      if (busy || isTyping(event.target)) return;
      const file = event.clipboardData?.files[0];
      if (file !== undefined) return void dialogFor(file).then(openDialog);
      const text = event.clipboardData?.getData('text/plain').trim();
      if (text === undefined || text === '') return;
      void dialogForText(text).then(openDialog);
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
