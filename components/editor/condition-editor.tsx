'use client';
import { useState } from 'react';
import type { Diagnostic } from '@/lib/cel';
import type { ConditionContext } from '@/lib/editor';
import { EditorNotes } from './editor-notes';
import { MonacoField } from './monaco-field';
import { PlainField } from './plain-field';
import { setEditorPreferences, useEditorPreferences } from './preferences';
import { useCodeEditor } from './use-code-editor';

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
  const { field, opened, failed, openCode, closeCode, onCompositionStart, onCompositionEnd } = useCodeEditor(!plain);
  const [tabMoves, setTabMoves] = useState(true);

  function choosePlain(next: boolean) {
    closeCode();
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
          onCompositionStart={onCompositionStart}
          onCompositionEnd={onCompositionEnd}
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
