'use client';
import { useState } from 'react';
import { Field, TextInput } from './field';
import { FormDialog } from './form-dialog';

interface AskNameProps {
  title: string;
  name: string;
  onName(name: string): void;
  onClose(): void;
}

/** Asks for a name; an empty one cannot be given. */
export function AskName({ title, name, onName, onClose }: AskNameProps) {
  const [text, setText] = useState(name);
  const empty = text.trim() === '';
  return (
    <FormDialog
      title={title}
      action="Rename"
      disabled={empty}
      onCancel={onClose}
      onSubmit={() => {
        onName(text.trim());
        onClose();
      }}
    >
      <Field label="Name">
        {(id) => <TextInput id={id} value={text} onChange={(event) => setText(event.target.value)} maxLength={200} />}
      </Field>
    </FormDialog>
  );
}
