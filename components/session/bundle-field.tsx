'use client';
import { useState } from 'react';
import type { Bundle } from '@/lib/bundle';
import { readWhole } from '@/lib/intake';
import { Button } from '../ui/button';
import { ChooseFile } from '../ui/choose-file';
import { Field, TextArea } from '../ui/field';
import { refusalOf, RefusalText, type Refusal } from './refusal';

interface BundleFieldProps {
  /** Label of the button that reads the pasted text. */
  action: string;
  onBundle(bundle: Bundle): void;
}

/** Input for a bundle: a link, its JSON, or a file. What cannot be read is refused with all reasons. */
export function BundleField({ action, onBundle }: BundleFieldProps) {
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();

  function take(content: string) {
    const read = readWhole(content);
    if (read.ok) onBundle(read.bundle);
    else setRefusal(refusalOf(read));
  }

  return (
    <form
      className="space-y-3 text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') take(text);
      }}
    >
      {refusal === undefined ? null : (
        <div role="alert" className="rounded-md bg-deny-soft px-3 py-2 text-deny">
          <RefusalText refusal={refusal} />
        </div>
      )}
      <Field label="A link, or a bundle’s JSON">
        {(id) => (
          <TextArea
            id={id}
            rows={3}
            spellCheck={false}
            className="font-mono text-xs"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <span className="flex flex-wrap gap-2">
        <Button type="submit" disabled={text.trim() === ''}>
          {action}
        </Button>
        <ChooseFile accept=".json,application/json" onFile={(file) => void file.text().then(take)} />
      </span>
    </form>
  );
}
