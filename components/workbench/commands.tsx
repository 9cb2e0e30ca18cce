'use client';
import { lazy, Suspense, useState } from 'react';
import type { WorkbenchDialog } from '../session/dialogs';

const CommandPalette = lazy(() => import('./command-palette').then((m) => ({ default: m.CommandPalette })));

interface CommandsProps {
  openDialog(dialog: WorkbenchDialog): void;
  onClose(): void;
  readOnly: boolean;
}

/** The command palette. Text typed while it is loading is in it once it is loaded, and a following Enter then takes the first match. */
export function Commands(props: CommandsProps) {
  const [text, setText] = useState('');
  const [entered, setEntered] = useState(false);
  return (
    <Suspense
      fallback={
        <input
          autoFocus
          aria-label="Commands"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setEntered(false);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Escape') props.onClose();
            if (event.key === 'Enter') setEntered(text.trim() !== '');
          }}
          className="fixed inset-x-3 top-[12dvh] z-50 mx-auto h-11 max-w-lg rounded-xl border border-line bg-paper px-3 text-sm shadow-float"
        />
      }
    >
      <CommandPalette {...props} text={text} onText={setText} entered={entered} />
    </Suspense>
  );
}
