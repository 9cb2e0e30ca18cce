import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { loadEditor } from '@/lib/editor';
import type { MonacoFieldProps } from './monaco-field';

type OpenMonaco = MonacoFieldProps['open'];

/** The code editor, once it is loaded. */
interface OpenedMonaco {
  readonly open: OpenMonaco;
  readonly selection: readonly [start: number, end: number] | undefined;
}

/**
 * Loads the code editor when it is first wanted, and says when it replaces the plain field `field`: at the same cursor, and not while a
 * character is being composed.
 */
export function useCodeEditor(allowed: boolean) {
  const [opened, setOpened] = useState<OpenedMonaco>();
  const [failed, setFailed] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const isComposing = useRef(false);
  const wanted = useRef(false);
  useEffect(
    () => () => {
      wanted.current = false;
    },
    [],
  );

  function openCode() {
    if (!allowed || wanted.current || matchMedia('(pointer: coarse)').matches) return;
    wanted.current = true;
    loadEditor().then(
      ({ openEditor }) => replaceField(openEditor),
      () => {
        wanted.current = false;
        setFailed(true);
      },
    );
  }

  function replaceField(open: OpenMonaco) {
    if (!wanted.current) return;
    const area = field.current;
    if (area !== null && isComposing.current) {
      area.addEventListener('compositionend', () => setTimeout(() => replaceField(open)), { once: true });
      return;
    }
    const hasFocus = area !== null && document.activeElement === area;
    const selection = hasFocus ? ([area.selectionStart, area.selectionEnd] as const) : undefined;
    // INVARIANT: synchronously, or a key pressed in between would be behind the recorded cursor.
    flushSync(() => setOpened({ open, selection }));
  }

  function closeCode() {
    wanted.current = false;
    setOpened(undefined);
  }

  return {
    field,
    opened,
    failed,
    openCode,
    closeCode,
    onCompositionStart: () => {
      isComposing.current = true;
    },
    onCompositionEnd: () => {
      isComposing.current = false;
    },
  };
}
