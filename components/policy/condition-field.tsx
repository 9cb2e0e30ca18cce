'use client';
import { useDeferredValue, useMemo } from 'react';
import { check, parse, type Diagnostic } from '@/lib/cel';
import { Button } from '../ui/button';
import { Field, TextArea } from '../ui/field';

interface ConditionFieldProps {
  value: string | null;
  required: boolean;
  problem: string | undefined;
  onValue(value: string | null): void;
}

/** The condition as plain text, checked as it is typed: what the gateway would refuse is said with its line and place. */
export function ConditionField({ value, required, problem, onValue }: ConditionFieldProps) {
  const source = useDeferredValue(value);
  const diagnostics = useMemo(() => (source === null ? [] : diagnose(source)), [source]);
  if (value === null && !required) {
    return (
      <div>
        <p className="mb-1 text-xs font-medium text-ink-2">Condition</p>
        <Button onClick={() => onValue('')}>Add a condition</Button>
      </div>
    );
  }
  const text = value ?? '';
  const first = diagnostics[0];
  return (
    <div>
      <Field
        label="Condition (CEL)"
        hint={'For example request.args.channel_id == "C_GENERAL", or agent.slug == "claude-code"'}
        problem={problem ?? (first === undefined ? undefined : describe(first, text))}
      >
        {(id, described) => (
          <TextArea
            id={id}
            aria-describedby={described}
            aria-invalid={first !== undefined}
            value={text}
            rows={Math.min(8, Math.max(2, text.split('\n').length))}
            spellCheck={false}
            autoCapitalize="off"
            autoCorrect="off"
            className="font-mono text-xs leading-5"
            onChange={(event) => onValue(event.target.value)}
          />
        )}
      </Field>
      {required ? null : (
        <Button look="plain" className="mt-1 h-7 px-1.5 text-xs" onClick={() => onValue(null)}>
          Remove the condition
        </Button>
      )}
    </div>
  );
}

function diagnose(source: string): readonly Diagnostic[] {
  const parsed = parse(source);
  const found = parsed.diagnostics.length > 0 ? parsed.diagnostics : check(parsed, { result: 'bool' }).diagnostics;
  return found.filter((diagnostic) => diagnostic.severity === 'error');
}

function describe({ message, start, end, help }: Diagnostic, source: string): string {
  const before = source.slice(0, start).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  const excerpt = source.slice(start, Math.min(end, start + 40));
  return `${message}${help === undefined ? '' : ` (${help})`}, at ${place}${excerpt === '' ? '' : `: ${excerpt}`}`;
}
