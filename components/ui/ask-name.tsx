'use client';
import { useId, useState } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';
import { Field, TextInput } from './field';

interface AskNameProps {
  title: string;
  name: string;
  onName(name: string): void;
  onClose(): void;
}

/** Asks for a name; an empty one cannot be given. */
export function AskName({ title, name, onName, onClose }: AskNameProps) {
  const [text, setText] = useState(name);
  const form = useId();
  const empty = text.trim() === '';
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={form} disabled={empty}>
            Rename
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (empty) return;
          onName(text.trim());
          onClose();
        }}
      >
        <Field label="Name">
          {(id) => <TextInput id={id} value={text} onChange={(event) => setText(event.target.value)} maxLength={200} />}
        </Field>
      </form>
    </Dialog>
  );
}
