'use client';
import { useState } from 'react';
import { readJson } from '@/lib/bundle';
import { validateCall, type Call } from '@/lib/engine';
import { Field, TextArea } from '../ui/field';

interface CallInputProps {
  call: Call;
  /** `args`: its arguments alone; `call`: all of its facts. */
  part: 'args' | 'call';
  onCall(call: Call): void;
}

const LABELS = { args: 'Arguments of the call (JSON)', call: 'Context: the call (JSON)' } as const;

/** The facts of a call as JSON, editable. A text that is no valid call changes nothing, and says what is wrong. */
export function CallInput({ call, part, onCall }: CallInputProps) {
  const [typed, setTyped] = useState({ of: call, text: textOf(call, part) });
  const [problem, setProblem] = useState<string>();
  // Another call is shown, or this one was reset: not an edit of this field.
  if (typed.of !== call) {
    setTyped({ of: call, text: textOf(call, part) });
    setProblem(undefined);
  }

  function take(text: string) {
    const read = callFrom(text, call, part);
    setProblem(read.ok ? undefined : read.message);
    setTyped({ of: read.ok ? read.call : call, text });
    if (read.ok) onCall(read.call);
  }

  return (
    <Field label={LABELS[part]} problem={problem}>
      {(id, described) => (
        <TextArea
          id={id}
          aria-describedby={described}
          aria-invalid={problem !== undefined}
          value={typed.text}
          rows={Math.min(16, typed.text.split('\n').length)}
          spellCheck="false"
          autoComplete="off"
          autoCapitalize="off"
          className="font-mono text-xs leading-5"
          onChange={(event) => take(event.target.value)}
        />
      )}
    </Field>
  );
}

/** The id names the call and is no fact: it stays out of the text. */
function textOf({ id: _id, ...facts }: Call, part: CallInputProps['part']): string {
  return JSON.stringify(part === 'args' ? (facts.args ?? {}) : facts, null, 2);
}

type ReadCallText = { readonly ok: true; readonly call: Call } | { readonly ok: false; readonly message: string };

function callFrom(text: string, call: Call, part: CallInputProps['part']): ReadCallText {
  const { value, problems } = readJson(text);
  const [fault] = problems;
  if (fault !== undefined) {
    const line = text.slice(0, fault.offset).split('\n').length;
    return { ok: false, message: `Line ${line}: ${fault.message}` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, message: 'This must be a JSON object' };
  }
  const next = part === 'args' ? { ...call, args: value } : { ...value, id: call.id };
  const [invalid] = validateCall(next);
  if (invalid !== undefined) return { ok: false, message: `${invalid.pointer.slice(1)}: ${invalid.message}` };
  return { ok: true, call: next as Call };
}
