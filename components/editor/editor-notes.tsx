'use client';
import { clsx } from 'clsx';
import { useId, useState } from 'react';
import { setEditorPreferences } from './preferences';

interface EditorNotesProps {
  isCode: boolean;
  plain: boolean;
  failed: boolean;
  tabMoves: boolean;
  hasCall: boolean;
  values: boolean;
  onPlain(plain: boolean): void;
}

const KEYS: readonly (readonly [key: string, does: string])[] = [
  ['Ctrl + Space', 'suggests completions'],
  ['Ctrl or ⌘ + .', 'fixes what is underlined'],
  ['F8', 'goes to the next problem'],
  ['F1', 'explains the word at the cursor'],
  ['Shift + Alt + F', 'formats'],
  ['Ctrl or ⌘ + /', 'comments a line'],
];

const LINK = 'underline underline-offset-2 hover:text-ink';

/** The editor's keys, and its preferences. */
export function EditorNotes({ isCode, plain, failed, tabMoves, hasCall, values, onPlain }: EditorNotesProps) {
  const [keys, setKeys] = useState(false);
  const list = useId();
  return (
    <div className="mt-1 text-xs text-ink-2 pointer-coarse:hidden">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {isCode ? (
          <span role="status">
            {tabMoves
              ? 'Tab takes a suggestion, else leaves the editor; Ctrl+M lets it indent.'
              : 'Tab indents; Ctrl+M lets it leave the editor.'}
          </span>
        ) : null}
        {isCode && hasCall ? (
          <label className="inline-flex items-center gap-1">
            <input
              type="checkbox"
              checked={values}
              onChange={(event) => setEditorPreferences({ values: event.target.checked })}
              className="accent-accent"
            />
            Values of the call in focus
          </label>
        ) : null}
        {isCode ? (
          <button
            type="button"
            className={LINK}
            aria-expanded={keys}
            aria-controls={list}
            onClick={() => setKeys(!keys)}
          >
            Keys
          </button>
        ) : null}
        {failed ? <span role="status">The code editor could not be loaded; use the plain field.</span> : null}
        {isCode || plain ? (
          <button type="button" className={LINK} onClick={() => onPlain(!plain)}>
            {plain ? 'Use the code editor' : 'Use a plain field'}
          </button>
        ) : null}
      </div>
      <dl
        id={list}
        hidden={!isCode || !keys}
        className={clsx('mt-1 grid-cols-[max-content_1fr] gap-x-3', isCode && keys && 'grid')}
      >
        {KEYS.map(([key, does]) => (
          <div key={key} className="contents">
            <dt className="font-medium">{key}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
