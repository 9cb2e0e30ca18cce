'use client';
import type { WorkbenchDialog } from '../session/dialogs';
import { useOutsideInput } from '../ui/use-outside-input';

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

/** A file dropped anywhere, or text pasted outside a field, is offered for import; not while a dialog takes it. */
export function useDropAndPaste(openDialog: (dialog: WorkbenchDialog) => void, busy: boolean): void {
  useOutsideInput({
    onFile: (file) => void (busy || dialogFor(file).then(openDialog)),
    onText: (text) => void (busy || dialogForText(text).then(openDialog)),
  });
}
