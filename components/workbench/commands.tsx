'use client';
import { useState } from 'react';
import type { WorkbenchDialog } from '../session/dialogs';
import { useFocusReturn } from '../ui/focus';
import { partOf } from '../ui/part';

const CommandPalette = partOf(() => import('./command-palette').then((module) => module.CommandPalette), {
  waiting: (props) => <WaitingField {...props} />,
});

interface CommandsProps {
  openDialog(dialog: WorkbenchDialog): void;
  onClose(): void;
  readOnly: boolean;
}

/** The command palette. Text typed while it is loading is in it once it is loaded, and a following Enter then takes the first match. */
export function Commands(props: CommandsProps) {
  const [text, setText] = useState('');
  const [entered, setEntered] = useState(false);
  // Before the field that is shown at first takes the focus.
  const focusReturn = useFocusReturn();
  return <CommandPalette {...props} {...{ text, entered, focusReturn }} onText={setText} onEntered={setEntered} />;
}

interface WaitingFieldProps {
  text: string;
  onText(text: string): void;
  onEntered?(entered: boolean): void;
  onClose(): void;
}

function WaitingField({ text, onText, onEntered, onClose }: WaitingFieldProps) {
  return (
    <input
      autoFocus
      aria-label="Commands"
      value={text}
      onChange={(event) => {
        onText(event.target.value);
        onEntered?.(false);
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') onClose();
        if (event.key === 'Enter') onEntered?.(text.trim() !== '');
      }}
      className="fixed inset-x-3 top-[12dvh] z-50 mx-auto h-11 max-w-lg rounded-xl border border-line bg-paper px-3 text-sm shadow-float"
    />
  );
}
