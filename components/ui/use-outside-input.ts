'use client';
import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../ui/typing';

interface OutsideInput {
  onFile(file: File): Promise<void>;
  onText(text: string): Promise<void>;
  /** The address has another fragment. */
  onFragment(): Promise<void>;
}

/** What is dropped anywhere on the page, pasted outside a field, or in the address. */
export function useOutsideInput(to: OutsideInput): void {
  const onDrop = useEffectEvent((event: DragEvent) => {
    const file = event.dataTransfer?.files[0];
    if (file === undefined || event.defaultPrevented) return;
    event.preventDefault();
    void to.onFile(file);
  });
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    if (isTyping(event.target)) return;
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData('text/plain').trim() ?? '';
    if (file !== undefined) void to.onFile(file);
    else if (text !== '') void to.onText(text);
  });
  const onFragment = useEffectEvent(() => void to.onFragment());
  useEffect(() => {
    const drop = (event: DragEvent) => onDrop(event);
    const paste = (event: ClipboardEvent) => onPaste(event);
    const fragment = () => onFragment();
    const dragOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    fragment();
    document.addEventListener('dragover', dragOver);
    document.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    window.addEventListener('hashchange', fragment);
    return () => {
      document.removeEventListener('dragover', dragOver);
      document.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
      window.removeEventListener('hashchange', fragment);
    };
  }, []);
}
