'use client';
import { useState } from 'react';
import type { Bundle } from '@/lib/bundle';
import { Button } from '../ui/button';
import { ChooseFile } from '../ui/choose-file';
import { Field, TextArea } from '../ui/field';
import { Marked } from '../ui/worded';
import { readPolicyText, type ReadPolicy } from './read-policy-text';

interface BundleFieldProps {
  /** The words on the button that takes what was pasted. */
  action: string;
  onBundle(bundle: Bundle): void;
}

const MOST_PROBLEMS = 20;

/** Takes a bundle: a link, its JSON, or a file. What cannot be read is refused with every reason. */
export function BundleField({ action, onBundle }: BundleFieldProps) {
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<Extract<ReadPolicy, { ok: false }>>();

  function take(content: string) {
    const read = readPolicyText(content);
    if (read.ok) onBundle(read.bundle);
    else setRefusal(read);
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
          <p>
            Not taken: <Marked text={refusal.message} />.
          </p>
          {refusal.problems.length === 0 ? null : (
            <ul className="mt-1 max-h-40 list-disc overflow-auto pl-5 text-xs">
              {refusal.problems.slice(0, MOST_PROBLEMS).map((problem, i) => (
                <li key={i}>
                  {problem.pointer === '' ? '' : <code className="font-mono">{problem.pointer} </code>}
                  <Marked text={problem.message} />
                </li>
              ))}
            </ul>
          )}
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
