'use client';
import { useEffect, useMemo, useState } from 'react';
import { callId, type Call, type Catalog, type CatalogTool, type Json, type JsonObject } from '@/lib/engine';
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
import { suggestionsFor } from '../policy/suggestions';
import { JsonField, SchemaForm } from './schema-form';

interface ComposeDialogProps {
  /** A call to begin with: what if it had been a little different? */
  from?: Call;
  onClose(): void;
}

interface CallDraft {
  readonly resource: string;
  readonly tool: string;
  readonly agent: string;
  readonly user: string;
  readonly args: JsonObject;
}

/** A call composed by hand: which tool, with which arguments, by whom; decided as it is typed, and added to the trace if wanted. */
export function ComposeDialog({ from, onClose }: ComposeDialogProps) {
  const { replay } = useSession();
  const { open } = useReplay('open');
  const known = useKnown();
  const { catalog } = known;
  const { rules, settings } = useShownPolicy();
  const [draft, setDraft] = useState<CallDraft>(() => draftOf(from, catalog));
  const [way, setWay] = useState<'form' | 'json'>('form');
  const [explained, setExplained] = useState<ExplainedCall>();
  const [problem, setProblem] = useState<string>();
  const tool = toolOf(catalog, draft);
  const schema = tool?.inputSchema;
  const call = useMemo(() => callOf(draft, from, catalog, tool), [draft, from, catalog, tool]);

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

  const change = (part: Partial<CallDraft>) => setDraft((now) => ({ ...now, ...part }));
  const toolNames = suggestionsFor('tools', known).filter(
    ({ of = [] }) => draft.resource === '' || of.length === 0 || of.includes(draft.resource),
  );

  async function add() {
    try {
      await replay.addCall({ ...call, id: callId(newCallId(open?.info.calls ?? 0)) });
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
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
        <div className="grid gap-3 sm:grid-cols-2">
          <SuggestInput
            label="Resource"
            value={draft.resource}
            suggestions={suggestionsFor('resources', known)}
            onValue={(resource) => change({ resource })}
            placeholder="not known"
          />
          <SuggestInput
            label="Tool"
            value={draft.tool}
            suggestions={toolNames}
            onValue={(name) => change({ tool: name, args: name === draft.tool ? draft.args : {} })}
            placeholder="send_message"
          />
          <SuggestInput
            label="Agent"
            value={draft.agent}
            suggestions={suggestionsFor('agents', known)}
            onValue={(agent) => change({ agent })}
            placeholder="not known"
          />
          <SuggestInput
            label="User (e-mail)"
            value={draft.user}
            suggestions={suggestionsFor('users', known)}
            onValue={(user) => change({ user })}
            placeholder="not known"
          />
        </div>
        {tool?.description === undefined ? null : (
          <p className="text-sm text-ink-2">{tool.description.slice(0, 300)}</p>
        )}
        <div className="space-y-3">
          {schema === undefined ? null : (
            <Segmented label="Arguments" value={way} options={WAYS} onValue={(next) => setWay(next)} />
          )}
          {schema !== undefined && way === 'form' ? (
            <SchemaForm
              key={`${draft.resource}/${draft.tool}`}
              schema={schema}
              value={draft.args}
              onValue={(args) => change({ args })}
            />
          ) : (
            <JsonField
              key={`${draft.tool}/json`}
              label="Arguments, as a JSON object"
              hint={schema === undefined ? 'No schema of this tool is known, so there is no form for it' : undefined}
              value={draft.args}
              onValue={(value) => change({ args: isObject(value) ? value : {} })}
            />
          )}
        </div>
      </div>
    </Dialog>
  );
}

const WAYS = [
  { value: 'form', label: 'Form' },
  { value: 'json', label: 'JSON' },
] as const;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function draftOf(from: Call | undefined, catalog: Catalog | undefined): CallDraft {
  if (from !== undefined) {
    return {
      resource: from.resource?.slug ?? '',
      tool: from.tool?.name ?? '',
      agent: from.agent?.slug ?? '',
      user: from.user?.email ?? from.user?.id ?? '',
      args: from.args ?? {},
    };
  }
  const resource = catalog?.resources.find((one) => (one.tools ?? []).length > 0);
  return {
    resource: resource?.slug ?? '',
    tool: resource?.tools?.[0]?.name ?? '',
    agent: catalog?.agents[0]?.slug ?? '',
    user: '',
    args: {},
  };
}

function toolOf(catalog: Catalog | undefined, { resource, tool }: CallDraft): CatalogTool | undefined {
  const places = catalog?.resources.filter((one) => resource === '' || one.slug === resource) ?? [];
  return places.flatMap((one) => one.tools ?? []).find((one) => one.name === tool);
}

/** What was left empty stays unknown; what the catalog knows of the agent, user and resource comes along; the rest is the call's own. */
function callOf(
  draft: CallDraft,
  from: Call | undefined,
  catalog: Catalog | undefined,
  tool: CatalogTool | undefined,
): Call {
  const agent = catalog?.agents.find((one) => one.slug === draft.agent);
  const user = catalog?.users.find((one) => one.email === draft.user || one.id === draft.user);
  const resource = catalog?.resources.find((one) => one.slug === draft.resource);
  const sameAgent = from?.agent?.slug === draft.agent && from.agent;
  const sameUser = (from?.user?.email ?? from?.user?.id) === draft.user && from?.user;
  const sameResource = from?.resource?.slug === draft.resource && from.resource;
  const sameTool = from?.tool?.name === draft.tool && from.tool;
  const { recorded: _recorded, ...kept } = from ?? { id: callId('composed') };
  const rest = Object.fromEntries(
    Object.entries(kept).filter(([key]) => !['agent', 'user', 'resource', 'tool', 'args'].includes(key)),
  );
  return {
    ...rest,
    id: callId('composed'),
    ...(draft.agent === ''
      ? {}
      : {
          agent: sameAgent || {
            slug: draft.agent,
            ...(agent?.name === undefined ? {} : { name: agent.name }),
            ...(agent?.tags === undefined ? {} : { tags: agent.tags }),
          },
        }),
    ...(draft.user === ''
      ? {}
      : { user: sameUser || (user ?? (draft.user.includes('@') ? { email: draft.user } : { id: draft.user })) }),
    ...(draft.resource === ''
      ? {}
      : {
          resource: sameResource || {
            slug: draft.resource,
            ...(resource?.name === undefined ? {} : { name: resource.name }),
            ...(resource?.tags === undefined ? {} : { tags: resource.tags }),
          },
        }),
    ...(draft.tool === ''
      ? {}
      : {
          tool: sameTool || {
            name: draft.tool,
            ...(tool?.title === undefined ? {} : { title: tool.title }),
            ...(tool?.annotations === undefined ? {} : { annotations: tool.annotations }),
          },
        }),
    args: draft.args,
  };
}

const newCallId = (calls: number): string => `composed-${calls + 1}`;
