'use client';
import { useId } from 'react';
import { Field, TextInput } from './field';

interface SuggestInputProps {
  label: string;
  value: string;
  placeholder?: string;
  suggestions: readonly { readonly value: string; readonly detail?: string }[];
  onValue(value: string): void;
}

/** One free text with the browser's own list of suggestions. */
export function SuggestInput({ label, value, placeholder, suggestions, onValue }: SuggestInputProps) {
  const list = useId();
  return (
    <Field label={label}>
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
