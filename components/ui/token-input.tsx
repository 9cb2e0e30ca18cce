'use client';
import { clsx } from 'clsx';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Chip } from './chip';
import { Field, INPUT } from './field';

interface TokenInputProps {
  label: string;
  /** What it says where nothing was given. */
  any: string;
  hint?: string | undefined;
  values: readonly string[];
  suggestions: readonly { readonly value: string; readonly detail?: string }[];
  problem?: string | undefined;
  onValues(values: readonly string[]): void;
}

const MOST_SHOWN = 8;

/** Several short texts: typed freely or picked from suggestions, each removable by mouse or by Backspace. */
export function TokenInput({ label, any, hint, values, suggestions, problem, onValues }: TokenInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const { text, setText, offered, active, showing, setOpen, add, onKeyDown } = useTokens({
    values,
    suggestions,
    onValues,
  });

  return (
    <Field label={label} hint={hint} problem={problem}>
      {(id, describedBy) => (
        <div
          className="relative"
          onBlur={(event) => {
            if (event.currentTarget.contains(event.relatedTarget)) return;
            if (text.trim() !== '') add(text);
            setOpen(false);
          }}
        >
          <div
            className={clsx(
              INPUT,
              'flex min-h-8 flex-wrap items-center gap-1 py-1 pointer-coarse:min-h-11',
              problem && 'border-deny',
            )}
            onClick={() => input.current?.focus()}
          >
            {values.map((value) => (
              <Chip key={value} value={value} onRemove={() => onValues(values.filter((other) => other !== value))} />
            ))}
            <input
              ref={input}
              id={id}
              role="combobox"
              aria-expanded={showing}
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={showing && active >= 0 ? `${id}-${active}` : undefined}
              aria-describedby={describedBy}
              aria-invalid={problem !== undefined}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck="false"
              value={text}
              placeholder={values.length === 0 ? any : ''}
              onFocus={() => setOpen(true)}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={onKeyDown}
              className="min-w-20 flex-1 bg-transparent font-mono text-xs outline-none placeholder:font-sans placeholder:text-ink-3"
            />
          </div>
          {showing ? <SuggestionList id={id} label={label} offered={offered} active={active} onPick={add} /> : null}
        </div>
      )}
    </Field>
  );
}

/** The text that is typed, and the suggestions for it. */
function useTokens({ values, suggestions, onValues }: Pick<TokenInputProps, 'values' | 'suggestions' | 'onValues'>) {
  const [text, write] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const wanted = text.trim().toLowerCase();
  const offered = suggestions
    .filter(({ value, detail = '' }) => !values.includes(value) && `${value} ${detail}`.toLowerCase().includes(wanted))
    .slice(0, MOST_SHOWN);
  const showing = open && offered.length > 0;

  function add(value: string) {
    const trimmed = value.trim();
    if (trimmed !== '' && !values.includes(trimmed)) onValues([...values, trimmed]);
    write('');
    setActive(-1);
  }

  function onKeyDown(event: KeyboardEvent) {
    // The key is the input method's.
    if (event.nativeEvent.isComposing) return;
    switch (event.key) {
      case 'Enter':
      case ',': {
        const picked = showing ? offered[active] : undefined;
        if (picked === undefined && text.trim() === '') return;
        event.preventDefault();
        add(picked?.value ?? text);
        break;
      }
      case 'Backspace':
        if (text === '' && values.length > 0) onValues(values.slice(0, -1));
        break;
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault();
        setOpen(true);
        setActive((at) => nextOf(at, event.key === 'ArrowDown' ? 1 : -1, offered.length));
        break;
      case 'Escape':
        if (!showing) return;
        event.preventDefault();
        setOpen(false);
        break;
    }
  }

  /** What is typed shows suggestions, of which none is picked yet. */
  function setText(next: string) {
    write(next);
    setOpen(true);
    setActive(-1);
  }

  return { text, setText, offered, active, showing, setOpen, add, onKeyDown };
}

/** The next of a list that begins anew at its ends; -1 is before the first. */
function nextOf(at: number, step: 1 | -1, count: number): number {
  if (count === 0) return -1;
  return at < 0 ? (step === 1 ? 0 : count - 1) : (at + step + count) % count;
}

interface SuggestionListProps {
  /** The id of the input. */
  id: string;
  label: string;
  offered: TokenInputProps['suggestions'];
  active: number;
  onPick(value: string): void;
}

function SuggestionList({ id, label, offered, active, onPick }: SuggestionListProps) {
  useEffect(() => {
    if (active >= 0) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  return (
    <ul
      id={`${id}-list`}
      role="listbox"
      aria-label={`Suggestions for ${label.toLowerCase()}`}
      className="absolute inset-x-0 z-30 mt-1 max-h-64 overflow-auto rounded-lg border border-line bg-paper p-1 shadow-float"
    >
      {offered.map(({ value, detail }, i) => (
        <li
          key={value}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === active}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(value)}
          className={clsx(
            'flex min-h-7 cursor-default items-center gap-2 rounded px-2 text-xs pointer-coarse:min-h-11',
            i === active ? 'bg-sunken' : 'hover:bg-sunken',
          )}
        >
          <span className="truncate font-mono">{value}</span>
          {detail === undefined ? null : <span className="ml-auto truncate text-ink-2">{detail}</span>}
        </li>
      ))}
    </ul>
  );
}
