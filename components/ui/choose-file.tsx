'use client';
import { FileUp, FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { Field, TextArea } from './field';

interface FileInputProps {
  /** What the browser's own chooser offers first. */
  accept?: string;
  onFile(file: File): void;
}

/** The browser's chooser, worked by the label around it. A file may be chosen a second time, after it was changed. */
function FileInput({ accept, onFile }: FileInputProps) {
  return (
    <input
      type="file"
      accept={accept}
      className="sr-only"
      onChange={(event) => {
        const [file] = event.target.files ?? [];
        event.target.value = '';
        if (file !== undefined) onFile(file);
      }}
    />
  );
}

const LABEL = 'cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-accent';

/** A button that opens the browser's chooser. */
export const ChooseFile = (props: FileInputProps) => <FileButton label="Choose a file" {...props} />;

export function FileButton({ label, ...props }: FileInputProps & { label: string }) {
  return (
    <label
      className={`${LABEL} inline-flex h-8 items-center gap-2 rounded-md border border-line-strong/60 px-2.5 font-medium hover:bg-sunken pointer-coarse:h-11`}
    >
      <FolderOpen size={14} aria-hidden />
      {label}
      <FileInput {...props} />
    </label>
  );
}

interface FileOrTextProps {
  label: string;
  /** What may be given. */
  hint: ReactNode;
  rows: number;
  text: string;
  onText(text: string): void;
  onFile(file: File): void;
}

/** A wide place to choose a file from, and below it one to paste what the file would hold. */
export function FileOrText({ label, hint, rows, text, onText, onFile }: FileOrTextProps) {
  return (
    <>
      <label
        className={`${LABEL} flex flex-col items-center gap-1 rounded-lg border border-dashed border-line-strong px-4 py-6 text-center hover:bg-canvas`}
      >
        <FileUp size={20} aria-hidden className="text-ink-2" />
        <span className="font-medium">{label}</span>
        <span className="text-xs text-ink-2">{hint}</span>
        <FileInput onFile={onFile} />
      </label>
      <Field label="Or paste it here">
        {(id) => (
          <TextArea
            id={id}
            rows={rows}
            spellCheck={false}
            className="font-mono text-xs"
            value={text}
            onChange={(event) => onText(event.target.value)}
          />
        )}
      </Field>
    </>
  );
}
