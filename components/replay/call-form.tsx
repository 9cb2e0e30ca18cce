'use client';
import { isObject } from '@/lib/json';
import { useState } from 'react';
import type { Call, JsonObject } from '@/lib/engine';
import { suggestionsFor } from '../policy/suggestions';
import { useKnown } from '../session/use-catalog';
import { Segmented } from '../ui/segmented';
import { SuggestInput } from '../ui/suggest-input';
import { composedCall, draftOf, toolOf, type CallDraft } from './call-draft';
import { JsonField, SchemaForm } from './schema-form';

interface CallFormProps {
  /** The call to begin with; what the form does not show of it stays. */
  from: Call | undefined;
  onCall(call: Call): void;
}

/** A call by a form: which tool, with which arguments, by whom. */
export function CallForm({ from, onCall }: CallFormProps) {
  const { catalog } = useKnown();
  const [draft, setDraft] = useState<CallDraft>(() => draftOf(from, catalog));
  const tool = toolOf(catalog, draft);
  function change(part: Partial<CallDraft>) {
    const next = { ...draft, ...part };
    setDraft(next);
    onCall(composedCall(next, from, catalog));
  }
  return (
    <div className="space-y-4">
      <CallParties draft={draft} onChange={change} />
      {tool?.description === undefined ? null : <p className="text-sm text-ink-2">{tool.description.slice(0, 300)}</p>}
      <Arguments draft={draft} schema={tool?.inputSchema} onArgs={(args) => change({ args })} />
    </div>
  );
}

interface CallPartiesProps {
  draft: CallDraft;
  onChange(part: Partial<CallDraft>): void;
}

function CallParties({ draft, onChange }: CallPartiesProps) {
  const known = useKnown();
  const toolNames = suggestionsFor('tools', known).filter(
    ({ of = [] }) => draft.resource === '' || of.length === 0 || of.includes(draft.resource),
  );
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SuggestInput
        label="Resource"
        value={draft.resource}
        suggestions={suggestionsFor('resources', known)}
        onValue={(resource) => onChange({ resource })}
        placeholder="not known"
      />
      <SuggestInput
        label="Tool"
        value={draft.tool}
        suggestions={toolNames}
        onValue={(name) => onChange({ tool: name, args: name === draft.tool ? draft.args : {} })}
        placeholder="send_message"
      />
      <SuggestInput
        label="Agent"
        value={draft.agent}
        suggestions={suggestionsFor('agents', known)}
        onValue={(agent) => onChange({ agent })}
        placeholder="not known"
      />
      <SuggestInput
        label="User (e-mail)"
        value={draft.user}
        suggestions={suggestionsFor('users', known)}
        onValue={(user) => onChange({ user })}
        placeholder="not known"
      />
    </div>
  );
}

const INPUT_FORMS = [
  { value: 'form', label: 'Form' },
  { value: 'json', label: 'JSON' },
] as const;

interface ArgumentsProps {
  draft: CallDraft;
  schema: JsonObject | undefined;
  onArgs(args: CallDraft['args']): void;
}

/** The arguments: a form where the schema of the tool is known, or JSON. */
function Arguments({ draft, schema, onArgs }: ArgumentsProps) {
  const [form, setForm] = useState<'form' | 'json'>('form');
  const [isOther, setIsOther] = useState(false);
  return (
    <div className="space-y-3">
      {schema === undefined ? null : (
        <Segmented label="Arguments" value={form} options={INPUT_FORMS} onValue={(next) => setForm(next)} />
      )}
      {schema !== undefined && form === 'form' ? (
        <SchemaForm key={`${draft.resource}/${draft.tool}`} schema={schema} value={draft.args ?? {}} onValue={onArgs} />
      ) : (
        <JsonField
          key={`${draft.tool}/json`}
          label="Arguments, as a JSON object"
          hint={
            schema === undefined
              ? 'No schema of this tool is known, so there is no form for it. Left empty, they are not known'
              : 'Left empty, they are not known'
          }
          value={draft.args ?? undefined}
          onValue={(value) => {
            const isArgs = value === undefined || value === null || isObject(value);
            setIsOther(!isArgs);
            if (isArgs) onArgs(value);
          }}
        />
      )}
      {isOther ? (
        <p role="alert" className="text-xs text-deny">
          Arguments are a JSON object, or null where it is known that there are none.
        </p>
      ) : null}
    </div>
  );
}
