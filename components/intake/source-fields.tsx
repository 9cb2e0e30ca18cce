'use client';
import { clsx } from 'clsx';
import { useState } from 'react';
import type { IncomingPolicy } from '@/lib/intake';
import { refusalOf, RefusalText } from '../session/refusal';
import { ChooseFile } from '../ui/choose-file';
import { Field, TextArea } from '../ui/field';

interface SourceFieldsProps {
  text: string;
  onText(text: string): void;
  onPasted(text: string): void;
  onFile(file: File): void;
  refusal: Extract<IncomingPolicy, { ok: false }> | undefined;
}

/** Input for a policy: pasted, typed, chosen as a file, or dropped. */
export function SourceFields({ text, onText, onPasted, onFile, refusal }: SourceFieldsProps) {
  const [over, setOver] = useState(false);
  return (
    <div
      className={clsx('space-y-4 rounded-md text-sm', over && 'outline-2 outline-offset-4 outline-accent')}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const [dropped] = event.dataTransfer.files;
        if (dropped === undefined) return;
        event.preventDefault();
        onFile(dropped);
      }}
    >
      {refusal === undefined ? null : (
        <div role="alert" className="rounded-md bg-deny-soft px-3 py-2 text-deny">
          <RefusalText refusal={refusalOf(refusal)} />
        </div>
      )}
      <Field
        label="A link, a bundle’s JSON, or rules as a table"
        hint="Tables may be CSV, tab-separated or Markdown, with a row of column names: name, effect, status, agents, tools, condition and others."
      >
        {(id, describedBy) => (
          <TextArea
            id={id}
            aria-describedby={describedBy}
            rows={7}
            spellCheck={false}
            className="font-mono text-xs"
            value={text}
            onChange={(event) => onText(event.target.value)}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData('text/plain');
              if (pasted.trim() === '' || text.trim() !== '') return;
              event.preventDefault();
              onText(pasted);
              onPasted(pasted);
            }}
          />
        )}
      </Field>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <ChooseFile accept=".json,.csv,.tsv,.md,.txt,application/json,text/*" onFile={onFile} />
        <span className="text-xs text-ink-2 pointer-coarse:hidden">or drop one here</span>
      </p>
    </div>
  );
}
