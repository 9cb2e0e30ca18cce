'use client';
import { isObject } from '@/lib/json';
import { useEffect, useMemo, useState } from 'react';
import { callId, type Call, type JsonObject } from '@/lib/engine';
import type { ExplainedCall } from '@/lib/worker';
import { answerWords } from '@/lib/wording';
import { Worded } from '../ui/worded';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { DecisionIcon } from '../ui/effect-mark';
import { Segmented } from '../ui/segmented';
import { SuggestInput } from '../ui/suggest-input';
import { useReplay, useSession } from '../session/session';
import { useKnown } from '../session/use-catalog';
import { useShownPolicy } from '../session/shown-policy';
import { useTraceEdits } from '../session/use-trace-edits';
import { suggestionsFor } from '../policy/suggestions';
import { callOf, draftOf, newCallId, toolOf, type CallDraft } from './call-draft';
import { JsonField, SchemaForm } from './schema-form';

interface ComposeDialogProps {
  /** A call to begin with: what if it had been a little different? */
  from?: Call;
  onClose(): void;
}

/** A call composed by hand: which tool, with which arguments, by whom; decided as it is typed, and added to the trace if wanted. */
export function ComposeDialog({ from, onClose }: ComposeDialogProps) {
  const { append } = useTraceEdits();
  const { open } = useReplay('open');
  const { catalog } = useKnown();
  const [draft, setDraft] = useState<CallDraft>(() => draftOf(from, catalog));
  const tool = toolOf(catalog, draft);
  const call = useMemo(() => callOf(draft, from, catalog, tool), [draft, from, catalog, tool]);
  const { explained, problem } = useExplainedCall(call);

  const change = (part: Partial<CallDraft>) => setDraft((now) => ({ ...now, ...part }));

  async function add() {
    if (await append({ ...call, id: callId(newCallId(open?.info.calls ?? 0)) })) onClose();
  }

  return (
    <Dialog
      title={from === undefined ? 'Compose a call' : 'Change this call'}
      description={
        from === undefined
          ? 'Decided as you type, by the policy that is shown.'
          : 'What would be decided if it had been a little different? The call in the trace stays as it is.'
      }
      onClose={onClose}
      size="lg"
      footer={
        <>
          <ComposedDecision explained={explained} />
          <Button onClick={onClose}>Close</Button>
          <Button look="primary" disabled={draft.tool === ''} onClick={() => void add()}>
            Add to the trace
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {problem === undefined ? null : (
          <p role="alert" className="text-sm text-deny">
            {problem}
          </p>
        )}
        <CallParties draft={draft} onChange={change} />
        {tool?.description === undefined ? null : (
          <p className="text-sm text-ink-2">{tool.description.slice(0, 300)}</p>
        )}
        <Arguments draft={draft} schema={tool?.inputSchema} onArgs={(args) => change({ args })} />
      </div>
    </Dialog>
  );
}

/** What the shown policy decides for a call, and why. */
function useExplainedCall(call: Call): { readonly explained?: ExplainedCall; readonly problem?: string } {
  const { replay } = useSession();
  const { rules, settings } = useShownPolicy();
  const [explained, setExplained] = useState<ExplainedCall>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let gone = false;
    replay
      .explainUnder({ rules, settings }, call)
      .then((answer) => !gone && setExplained(answer))
      .catch((error: unknown) => !gone && setProblem(error instanceof Error ? error.message : String(error)));
    return () => {
      gone = true;
    };
  }, [replay, call, rules, settings]);
  return { ...(explained && { explained }), ...(problem !== undefined && { problem }) };
}

function ComposedDecision({ explained }: { explained: ExplainedCall | undefined }) {
  const { rules } = useShownPolicy();
  return (
    <div
      className="mr-auto flex min-w-56 flex-1 items-start gap-2 text-sm"
      role="status"
      data-testid="composed-decision"
    >
      {explained === undefined ? (
        <span className="text-ink-2">deciding…</span>
      ) : (
        <>
          <DecisionIcon effect={explained.decision.effect} />
          <Worded words={answerWords(explained, rules)} />
        </>
      )}
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
  onArgs(args: JsonObject): void;
}

/** The arguments: a form where the schema of the tool is known, or JSON. */
function Arguments({ draft, schema, onArgs }: ArgumentsProps) {
  const [form, setForm] = useState<'form' | 'json'>('form');
  return (
    <div className="space-y-3">
      {schema === undefined ? null : (
        <Segmented label="Arguments" value={form} options={INPUT_FORMS} onValue={(next) => setForm(next)} />
      )}
      {schema !== undefined && form === 'form' ? (
        <SchemaForm key={`${draft.resource}/${draft.tool}`} schema={schema} value={draft.args} onValue={onArgs} />
      ) : (
        <JsonField
          key={`${draft.tool}/json`}
          label="Arguments, as a JSON object"
          hint={schema === undefined ? 'No schema of this tool is known, so there is no form for it' : undefined}
          value={draft.args}
          onValue={(value) => onArgs(isObject(value) ? value : {})}
        />
      )}
    </div>
  );
}
