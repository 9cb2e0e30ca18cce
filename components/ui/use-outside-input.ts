'use client';
import { useEffect, useEffectEvent } from 'react';
import { isTyping } from './typing';

interface OutsideInput {
  onFile(file: File): void;
  onText(text: string): void;
}

/** What is dropped anywhere on the page, or pasted outside a field. */
export function useOutsideInput(to: OutsideInput): void {
  const onDrop = useEffectEvent((event: DragEvent) => {
    const file = event.dataTransfer?.files[0];
    if (file === undefined || event.defaultPrevented) return;
    event.preventDefault();
    to.onFile(file);
  });
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    if (isTyping(event.target)) return;
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData('text/plain').trim() ?? '';
    if (file !== undefined) to.onFile(file);
    else if (text !== '') to.onText(text);
  });
  useEffect(() => {
    const drop = (event: DragEvent) => onDrop(event);
    const paste = (event: ClipboardEvent) => onPaste(event);
    const dragOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    document.addEventListener('dragover', dragOver);
    document.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('dragover', dragOver);
      document.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
    };
  }, []);
}
