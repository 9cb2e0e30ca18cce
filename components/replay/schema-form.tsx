'use client';
import { isObject } from '@/lib/json';
import { useMemo, useState } from 'react';
import type { Json, JsonObject } from '@/lib/engine';
import { seenSuggestion, useSeenValues } from '../session/use-seen-values';
import { Field, INPUT, TextArea, TextInput } from '../ui/field';
import { SuggestInput } from '../ui/suggest-input';

interface SchemaFormProps {
  /** A JSON Schema of an object; what it does not describe can be entered as JSON instead. */
  schema: JsonObject;
  value: JsonObject;
  onValue(value: JsonObject): void;
}

const typeOf = (schema: JsonObject): string | undefined => {
  const { type } = schema;
  if (typeof type === 'string') return type;
  return Array.isArray(type)
    ? (type as readonly Json[]).find((one): one is string => typeof one === 'string' && one !== 'null')
    : undefined;
};

/** Arguments by a form made from the tool's schema: a field for each property, the required ones first. */
export function SchemaForm({ schema, value, onValue }: SchemaFormProps) {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? (schema.required as readonly Json[]) : [];
  const names = Object.keys(properties).sort((a, b) => Number(required.includes(b)) - Number(required.includes(a)));
  if (names.length === 0) return <p className="text-sm text-ink-2">This tool takes no arguments.</p>;
  function set(name: string, next: Json | undefined) {
    const rest = Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
    onValue(next === undefined ? rest : { ...rest, [name]: next });
  }
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {names.map((name) => {
        const property = properties[name];
        return (
          <PropertyField
            key={name}
            name={name}
            required={required.includes(name)}
            schema={isObject(property) ? property : {}}
            value={Object.hasOwn(value, name) ? value[name] : undefined}
            onValue={(next) => set(name, next)}
          />
        );
      })}
    </div>
  );
}

interface PropertyFieldProps {
  name: string;
  required: boolean;
  schema: JsonObject;
  value: Json | undefined;
  onValue(value: Json | undefined): void;
}

function PropertyField({ name, required, schema, value, onValue }: PropertyFieldProps) {
  const label = `${name}${required ? '' : ' (optional)'}`;
  const hint = typeof schema.description === 'string' ? schema.description.slice(0, 160) : undefined;
  const options = Array.isArray(schema.enum) ? (schema.enum as readonly Json[]) : undefined;
  const type = typeOf(schema);
  if (options !== undefined || type === 'boolean') {
    const choices = options ?? [true, false];
    return (
      <Field label={label} hint={hint}>
        {(id, described) => (
          <select
            id={id}
            aria-describedby={described}
            className={`${INPUT} h-8 pointer-coarse:h-11`}
            value={value === undefined ? '' : JSON.stringify(value)}
            onChange={(event) =>
              onValue(event.target.value === '' ? undefined : (JSON.parse(event.target.value) as Json))
            }
          >
            <option value="">not given</option>
            {choices.map((choice) => (
              <option key={JSON.stringify(choice)} value={JSON.stringify(choice)}>
                {typeof choice === 'string' ? choice : JSON.stringify(choice)}
              </option>
            ))}
          </select>
        )}
      </Field>
    );
  }
  if (type === 'string') return <SeenTextField name={name} label={label} hint={hint} value={value} onValue={onValue} />;
  if (type === 'number' || type === 'integer')
    return <NumberField label={label} hint={hint} value={value} onValue={onValue} />;
  return <JsonField label={`${label}, as JSON`} hint={hint} value={value} onValue={onValue} />;
}

interface TypedFieldProps {
  label: string;
  hint: string | undefined;
  value: Json | undefined;
  onValue(value: Json | undefined): void;
}

/** A text, with the values that calls of the open trace give for the argument. */
function SeenTextField({ name, label, hint, value, onValue }: TypedFieldProps & { name: string }) {
  const seen = useSeenValues(useMemo(() => [name], [name]));
  return (
    <SuggestInput
      label={label}
      hint={hint}
      value={typeof value === 'string' ? value : ''}
      placeholder={value === undefined ? 'not given' : ''}
      suggestions={seen.map(seenSuggestion)}
      onValue={(text) => onValue(text === '' ? undefined : text)}
    />
  );
}

function NumberField({ label, hint, value, onValue }: TypedFieldProps) {
  const [text, setText] = useState(typeof value === 'number' ? String(value) : '');
  const bad = text.trim() !== '' && !Number.isFinite(Number(text));
  return (
    <Field label={label} hint={hint} problem={bad ? 'not a number' : undefined}>
      {(id, described) => (
        <TextInput
          id={id}
          aria-describedby={described}
          aria-invalid={bad}
          inputMode="decimal"
          value={text}
          placeholder="not given"
          onChange={(event) => {
            const next = event.target.value;
            setText(next);
            if (next.trim() === '') onValue(undefined);
            else if (Number.isFinite(Number(next))) onValue(Number(next));
          }}
        />
      )}
    </Field>
  );
}

/** A part of the arguments as JSON; while it does not parse, the last valid value is kept. */
export function JsonField({ label, hint, value, onValue }: TypedFieldProps) {
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2));
  const [problem, setProblem] = useState<string>();
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(id, described) => (
        <TextArea
          id={id}
          aria-describedby={described}
          aria-invalid={problem !== undefined}
          rows={Math.min(12, Math.max(2, text.split('\n').length))}
          spellCheck={false}
          className="font-mono text-xs"
          value={text}
          onChange={(event) => {
            const next = event.target.value;
            setText(next);
            if (next.trim() === '') {
              setProblem(undefined);
              onValue(undefined);
              return;
            }
            try {
              onValue(JSON.parse(next) as Json);
              setProblem(undefined);
            } catch (error) {
              setProblem(`this is not JSON yet: ${error instanceof Error ? error.message : ''}`);
            }
          }}
        />
      )}
    </Field>
  );
}
