'use client';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { SavedCase } from '@/lib/store';
import { IconButton } from '../ui/button';
import { Field, TextInput } from '../ui/field';
import { notify } from '../ui/notify';
import { dayAndTime } from '../ui/time';
import type { SavedCasesState } from './use-saved-cases';

interface SavedCasesProps {
  saved: SavedCasesState;
  onOpen(saved: SavedCase): void;
}

/** So many are seen at a glance. */
const FEW = 5;

/** The cases that are saved in this browser: to open, to search, to delete. */
export function SavedCases({ saved: { cases, put, remove }, onOpen }: SavedCasesProps) {
  const [text, setText] = useState('');
  if (cases.length === 0) return null;
  const sought = text.trim().toLowerCase();
  const found = cases.filter(
    (one) => one.name.toLowerCase().includes(sought) || one.text.toLowerCase().includes(sought),
  );
  return (
    <section aria-labelledby="saved-cases" className="space-y-3 rounded-lg border border-line p-4">
      <h2 id="saved-cases" className="text-base font-semibold">
        Saved cases
      </h2>
      {cases.length <= FEW ? null : (
        <Field label="Find a case by its name, or by anything that is in it">
          {(id) => <TextInput id={id} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
      )}
      {found.length === 0 ? (
        <p role="status" className="text-sm text-ink-2">
          No case has that in it.
        </p>
      ) : (
        <ul aria-labelledby="saved-cases" className="max-h-80 overflow-auto rounded-md border border-line">
          {found.map((one) => (
            <li key={one.id} className="flex items-center gap-2 border-b border-line pr-1 last:border-0">
              <button
                type="button"
                onClick={() => onOpen(one)}
                className="flex min-h-10 min-w-0 flex-1 flex-wrap items-baseline gap-x-3 px-3 py-2 text-left text-sm -outline-offset-2 hover:bg-sunken"
              >
                <span className="min-w-0 font-medium break-words">{one.name}</span>
                <span className="text-xs text-ink-2">{dayAndTime(one.savedAt)}</span>
              </button>
              <IconButton
                label={`Delete the case ${one.name}`}
                onClick={() =>
                  void remove(one.id).then(() =>
                    notify(`Deleted ${one.name}`, { action: { label: 'Undo', onClick: () => void put(one) } }),
                  )
                }
              >
                <Trash2 size={14} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
