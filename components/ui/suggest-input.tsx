'use client';
import { useId } from 'react';
import { Field, TextInput } from './field';

interface SuggestInputProps {
  label: string;
  hint?: string | undefined;
  value: string;
  placeholder?: string;
  suggestions: readonly { readonly value: string; readonly detail?: string }[];
  onValue(value: string): void;
}

/** One free text with the browser's own list of suggestions. */
export function SuggestInput({ label, hint, value, placeholder, suggestions, onValue }: SuggestInputProps) {
  const list = useId();
  return (
    <Field label={label} hint={hint}>
      {(id, described) => (
        <>
          <TextInput
            id={id}
            aria-describedby={described}
            list={list}
            value={value}
            placeholder={placeholder}
            autoComplete="off"
            onChange={(event) => onValue(event.target.value)}
          />
          <datalist id={list}>
            {suggestions.map((one) => (
              <option key={one.value} value={one.value}>
                {one.detail}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
