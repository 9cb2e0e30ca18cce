'use client';
import { useState } from 'react';
import type { Annotations, Catalog, CatalogTool, Json, JsonObject } from '@/lib/engine';
import { putTool, toolProblems } from '@/lib/workspace';
import { Field, INPUT, TextArea, TextInput } from '../ui/field';
import { FormDialog } from '../ui/form-dialog';
import { HINTS } from './list-words';

interface ToolFormProps {
  catalog: Catalog;
  resource: string;
  /** The name of the edited tool; undefined for a new one. */
  of: string | undefined;
  onBack(): void;
  onCatalog(catalog: Catalog): void;
}

type ToolHint = (typeof HINTS)[number][0];

/** One tool of a resource: its name, its arguments, and its annotations. */
export function ToolForm({ catalog, resource, of, onBack, onCatalog }: ToolFormProps) {
  const before = catalog.resources
    .find(({ slug }) => slug === resource)
    ?.tools?.find(({ name }) => of !== undefined && name === of);
  const [name, setName] = useState(before?.name ?? '');
  const [title, setTitle] = useState(before?.title ?? '');
  const [description, setDescription] = useState(before?.description ?? '');
  const [schema, setSchema] = useState(() =>
    before?.inputSchema === undefined ? '' : JSON.stringify(before.inputSchema, null, 2),
  );
  const [annotations, setAnnotations] = useState<Annotations>(before?.annotations ?? {});
  const [tried, setTried] = useState(false);

  const read = readSchema(schema);
  const tool = toolOf(before, { name, title, description, annotations, schema: read.schema });
  const problems = toolProblems(catalog, resource, tool, of);
  const problemAt = (member: string) =>
    tried ? problems.find((problem) => problem.member === member)?.message : undefined;

  return (
    <FormDialog
      title={before === undefined ? `Add a tool to ${resource}` : `Edit a tool of ${resource}`}
      action="Save"
      onCancel={onBack}
      onSubmit={() => {
        setTried(true);
        if (problems.length === 0 && read.problem === undefined) onCatalog(putTool(catalog, resource, tool, of));
      }}
      size="lg"
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Name" hint="The bare name on its own server" problem={problemAt('name')}>
          {(id, described) => (
            <TextInput
              id={id}
              aria-describedby={described}
              className="font-mono text-xs"
              spellCheck={false}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="Title">
          {(id) => <TextInput id={id} value={title} onChange={(event) => setTitle(event.target.value)} />}
        </Field>
      </div>
      <Field label="Description">
        {(id) => (
          <TextArea id={id} rows={2} value={description} onChange={(event) => setDescription(event.target.value)} />
        )}
      </Field>
      <SchemaField text={schema} problem={read.problem} refusal={problemAt('inputSchema')} onText={setSchema} />
      <HintFields annotations={annotations} onAnnotations={setAnnotations} />
    </FormDialog>
  );
}

interface SchemaFieldProps {
  text: string;
  /** Why the text is no JSON object. */
  problem: string | undefined;
  /** Why the catalog does not take it. */
  refusal: string | undefined;
  onText(text: string): void;
}

const SchemaField = ({ text, problem, refusal, onText }: SchemaFieldProps) => (
  <Field
    label="Input schema (JSON Schema)"
    hint="Describes the arguments; the condition editor completes request.args from it"
    problem={problem ?? refusal}
  >
    {(id, described) => (
      <TextArea
        id={id}
        aria-describedby={described}
        aria-invalid={problem !== undefined}
        rows={Math.min(16, Math.max(5, text.split('\n').length))}
        spellCheck={false}
        className="font-mono text-xs"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
    )}
  </Field>
);

interface HintFieldsProps {
  annotations: Annotations;
  onAnnotations(annotations: Annotations): void;
}

const HintFields = ({ annotations, onAnnotations }: HintFieldsProps) => (
  <fieldset>
    <legend className="mb-1 text-xs font-medium text-ink-2">Annotations, as its server states them</legend>
    <div className="grid gap-3 sm:grid-cols-2">
      {HINTS.map(([hint, label]) => (
        <HintField
          key={hint}
          label={label}
          value={annotations[hint] ?? undefined}
          onValue={(value) => onAnnotations(withHint(annotations, hint, value))}
        />
      ))}
    </div>
  </fieldset>
);

interface HintFieldProps {
  label: string;
  value: boolean | undefined;
  onValue(value: boolean | undefined): void;
}

function HintField({ label, value, onValue }: HintFieldProps) {
  return (
    <Field label={label}>
      {(id) => (
        <select
          id={id}
          className={`${INPUT} h-8 pointer-coarse:h-11`}
          value={value === undefined ? '' : String(value)}
          onChange={(event) => onValue(event.target.value === '' ? undefined : event.target.value === 'true')}
        >
          <option value="">not said</option>
          <option value="true">yes</option>
          <option value="false">no</option>
        </select>
      )}
    </Field>
  );
}

function withHint(annotations: Annotations, hint: ToolHint, value: boolean | undefined): Annotations {
  const { [hint]: _old, ...rest } = annotations;
  return value === undefined ? rest : { ...rest, [hint]: value };
}

function readSchema(text: string): { readonly schema?: JsonObject; readonly problem?: string } {
  if (text.trim() === '') return {};
  try {
    const value = JSON.parse(text) as Json;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { schema: value as JsonObject };
    return { problem: 'a schema of arguments is a JSON object' };
  } catch (error) {
    return { problem: `this is not JSON yet: ${error instanceof Error ? error.message : String(error)}` };
  }
}

interface ToolFormValues {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly annotations: Annotations;
  readonly schema: JsonObject | undefined;
}

/** The tool to store: empty fields are left out, and members that the form does not show are kept. */
function toolOf(before: CatalogTool | undefined, written: ToolFormValues): CatalogTool {
  const { title: _t, description: _d, inputSchema: _s, annotations: _a, ...rest } = before ?? { name: '' };
  const { title, description, annotations, schema } = written;
  // A present set of annotations is complete, so an empty set differs from none.
  const said = before?.annotations !== undefined || Object.keys(annotations).length > 0;
  return {
    ...rest,
    name: written.name.trim(),
    ...(title.trim() === '' ? {} : { title: title.trim() }),
    ...(description.trim() === '' ? {} : { description }),
    ...(schema === undefined ? {} : { inputSchema: schema }),
    ...(said ? { annotations } : {}),
  };
}
