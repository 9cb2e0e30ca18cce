'use client';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Diagnostic } from '@/lib/cel';
import { loadEditor, type ConditionContext } from '@/lib/editor';
import { EditorNotes } from './editor-notes';
import { MonacoField, type MonacoFieldProps } from './monaco-field';
import { PlainField } from './plain-field';
import { setEditorPreferences, useEditorPreferences } from './preferences';

interface ConditionEditorProps {
  id: string;
  label: string;
  describedBy: string | undefined;
  value: string;
  checked: { readonly source: string; readonly diagnostics: readonly Diagnostic[] };
  context: ConditionContext;
  /** Whether it takes the focus at once. */
  autoFocus: boolean;
  onChange(value: string): void;
}

type OpenMonaco = MonacoFieldProps['open'];

/** The code editor, once it is loaded. */
interface OpenedMonaco {
  readonly open: OpenMonaco;
  readonly selection: readonly [start: number, end: number] | undefined;
}

/**
 * A condition: a plain field, which the code editor replaces when it gets the focus. The code editor is large, so it is loaded only then;
 * on touch screens, and for users who prefer it, the plain field stays.
 */
export function ConditionEditor({
  id,
  label,
  describedBy,
  value,
  checked,
  context,
  autoFocus,
  onChange,
}: ConditionEditorProps) {
  const { plain, values } = useEditorPreferences();
  const [opened, setOpened] = useState<OpenedMonaco>();
  const [failed, setFailed] = useState(false);
  const [tabMoves, setTabMoves] = useState(true);
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
    if (plain || wanted.current || matchMedia('(pointer: coarse)').matches) return;
    wanted.current = true;
    loadEditor().then(
      ({ openEditor }) => takePlace(openEditor),
      () => {
        wanted.current = false;
        setFailed(true);
      },
    );
  }

  /** Replaces the plain field by the code editor at the same cursor; not while a character is being composed. */
  function takePlace(open: OpenMonaco) {
    if (!wanted.current) return;
    const area = field.current;
    if (area !== null && isComposing.current) {
      area.addEventListener('compositionend', () => setTimeout(() => takePlace(open)), { once: true });
      return;
    }
    const hasFocus = area !== null && document.activeElement === area;
    const selection = hasFocus ? ([area.selectionStart, area.selectionEnd] as const) : undefined;
    // INVARIANT: synchronously, or a key pressed in between would be behind the recorded cursor.
    flushSync(() => setOpened({ open, selection }));
  }

  function choosePlain(next: boolean) {
    wanted.current = false;
    setOpened(undefined);
    setEditorPreferences({ plain: next });
  }

  const isCode = opened !== undefined && !plain;
  return (
    <div>
      {isCode ? (
        <MonacoField
          open={opened.open}
          selection={opened.selection}
          id={id}
          label={label}
          describedBy={describedBy}
          value={value}
          checked={checked}
          context={context}
          showValues={values}
          onChange={onChange}
          onTabMode={setTabMoves}
        />
      ) : (
        <PlainField
          ref={field}
          id={id}
          aria-describedby={describedBy}
          aria-invalid={checked.diagnostics.some(({ severity }) => severity === 'error')}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoFocus={autoFocus}
          onFocus={openCode}
          onCompositionStart={() => {
            isComposing.current = true;
          }}
          onCompositionEnd={() => {
            isComposing.current = false;
          }}
        />
      )}
      <EditorNotes
        isCode={isCode}
        plain={plain}
        failed={failed}
        tabMoves={tabMoves}
        hasCall={context.call !== undefined}
        values={values}
        onPlain={choosePlain}
      />
    </div>
  );
}
