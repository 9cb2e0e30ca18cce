'use client';
import { clsx } from 'clsx';
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { vocabularyDocs, type Diagnostic } from '@/lib/cel';
import {
  explainFor,
  inlineValues,
  type ConditionContext,
  type EditorHandle,
  type EditorOptions,
  type VocabularyDocs,
} from '@/lib/editor';
import { INPUT } from '../ui/field';
import { afterFrame } from '../ui/frames';
import { DeferredText } from './deferred-text';

export interface MonacoFieldProps {
  open(container: HTMLElement, options: EditorOptions): EditorHandle;
  id: string;
  label: string;
  describedBy: string | undefined;
  value: string;
  /** The problems of `source`, which may be older than the value. */
  checked: { readonly source: string; readonly diagnostics: readonly Diagnostic[] };
  context: ConditionContext;
  showValues: boolean;
  /** The cursor in the field that this one replaces; undefined where it had no focus. */
  selection: readonly [start: number, end: number] | undefined;
  onChange(value: string): void;
  onTabMode(movesFocus: boolean): void;
}

/** How long the text must be unchanged before its values are calculated. Milliseconds. */
const REST = 120;

/** The code editor; rendered only once it is loaded. */
export function MonacoField(props: MonacoFieldProps) {
  const { id, label, describedBy, value, checked, context, showValues, selection, open } = props;
  const container = useRef<HTMLDivElement>(null);
  const handle = useRef<EditorHandle>(undefined);
  const typed = useRef<DeferredText>(undefined);
  const docs = useDocs();
  const onChange = useEffectEvent(props.onChange);
  const onTabMode = useEffectEvent(props.onTabMode);
  const start = useEffectEvent((element: HTMLElement) => {
    const text = new DeferredText(value, onChange, afterFrame);
    const editor = open(element, { value, label, context, onChange: (now) => text.take(now), onTabMode });
    typed.current = text;
    if (selection !== undefined) {
      editor.select(...selection);
      editor.focus();
    }
    return editor;
  });

  // Before the next key is pressed: the field that had the focus was removed.
  useLayoutEffect(() => {
    if (container.current === null) return undefined;
    const editor = start(container.current);
    handle.current = editor;
    return () => {
      typed.current?.end();
      handle.current = undefined;
      editor.dispose();
    };
  }, []);
  useEffect(() => {
    if (typed.current?.isOwn(value) !== false) return;
    handle.current?.setValue(value);
    // The editor reports this change as it reports typing: reported late, it would undo a later change from outside.
    typed.current.flush();
  }, [value]);
  useEffect(() => handle.current?.setContext({ ...context, docs }), [context, docs]);
  // After the context, whose change clears them in the editor.
  useEffect(() => handle.current?.setDiagnostics(checked.source, checked.diagnostics), [checked, context, docs]);
  const isInvalid = checked.diagnostics.some(({ severity }) => severity === 'error');
  useEffect(
    () => handle.current?.describe({ id, 'aria-describedby': describedBy, 'aria-invalid': String(isInvalid) }),
    [id, describedBy, isInvalid],
  );
  const { call } = context;
  useEffect(() => {
    if (!showValues || call === undefined) {
      handle.current?.setValues(value, []);
      return undefined;
    }
    const timer = setTimeout(
      () =>
        void explainFor(value, call).then((explanation) =>
          handle.current?.setValues(value, explanation === undefined ? [] : inlineValues(value, explanation)),
        ),
      REST,
    );
    return () => clearTimeout(timer);
  }, [value, call, showValues]);

  // INVARIANT: before the next key and before the focus moves, so that saving saves the visible text.
  const flush = () => typed.current?.flush();
  return (
    <div
      onKeyDownCapture={flush}
      onBlur={flush}
      className={clsx(
        INPUT,
        'overflow-hidden px-0 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
        isInvalid && 'border-deny',
      )}
    >
      <div ref={container} data-testid="condition-editor" />
    </div>
  );
}

function useDocs(): VocabularyDocs | undefined {
  const [docs, setDocs] = useState<VocabularyDocs>();
  useEffect(() => {
    let gone = false;
    vocabularyDocs().then(
      (loaded) => {
        if (!gone) setDocs(loaded);
      },
      // Offline and not cached yet: hovers then show types alone.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, []);
  return docs;
}
