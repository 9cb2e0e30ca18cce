'use client';
import { isObject } from '@/lib/json';
import { useEffect, useRef, useState } from 'react';
import { callId, validateCall, type Call, type Json, type JsonObject } from '@/lib/engine';
import { suggestionsFor } from '../policy/suggestions';
import { JsonField, SchemaForm } from '../replay/schema-form';
import { Button } from '../ui/button';
import { Segmented } from '../ui/segmented';
import { SuggestInput } from '../ui/suggest-input';
import { TokenInput } from '../ui/token-input';
import { useReplay } from '../session/session';
import { useTraceEdits } from '../session/use-trace-edits';
import { useKnown } from '../session/use-catalog';
import type { WhatIfState } from './use-what-if';
import { changedFacts, nameOf, onlyAdds, toolOf, withName, type NamedFact } from './what-if-call';

interface WhatIfPanelProps {
  original: Call;
  whatIf: WhatIfState;
  onChange(call: Call): void;
  onReset(): void;
  onClose(): void;
}

const NAMED = [
  ['agent', 'Agent', 'agents'],
  ['instance', 'Instance', 'instances'],
  ['user', 'User', 'users'],
  ['resource', 'Resource', 'resources'],
  ['tool', 'Tool', 'tools'],
] as const satisfies readonly (readonly [NamedFact, string, Parameters<typeof suggestionsFor>[0]])[];

const WAYS = [
  { value: 'facts', label: 'Facts' },
  { value: 'json', label: 'The call as JSON' },
] as const;

/** Form to change the call in focus; the decision beside it follows as the user types, and nothing is stored. */
export function WhatIfPanel({ original, whatIf, onChange, onReset, onClose }: WhatIfPanelProps) {
  const { open } = useReplay('open');
  const [way, setWay] = useState<'facts' | 'json'>('facts');
  const heading = useRef<HTMLHeadingElement>(null);
  const { call, revision } = whatIf;
  const changed = changedFacts(original, call);
  useEffect(() => heading.current?.focus(), []);

  const edits = useTraceEdits();
  // What the gateway decided stays with a call that only says more.
  const completed = changed.length > 0 && onlyAdds(original, call);
  const kept = completed && original.recorded !== undefined ? { recorded: original.recorded } : {};

  async function add() {
    const id = callId(`${original.id}-what-if-${(open?.info.calls ?? 0) + 1}`);
    if (await edits.append({ ...call, ...kept, id })) onClose();
  }
  async function replace() {
    if (await edits.replace(original, { ...call, ...kept })) onClose();
  }

  return (
    <section
      aria-labelledby="what-if"
      className="space-y-3"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <div className="flex flex-wrap items-center gap-1.5">
        <h3 id="what-if" ref={heading} tabIndex={-1} className="mr-auto text-sm font-semibold outline-none">
          What if…
        </h3>
        <Button className="h-7 px-2 text-xs" disabled={changed.length === 0} onClick={onReset}>
          Reset
        </Button>
        {completed ? (
          <Button className="h-7 px-2 text-xs" onClick={() => void replace()}>
            Keep these facts in the trace
          </Button>
        ) : null}
        <Button className="h-7 px-2 text-xs" disabled={changed.length === 0} onClick={() => void add()}>
          Add to the trace
        </Button>
        <Button className="h-7 px-2 text-xs" onClick={onClose}>
          Close
        </Button>
      </div>
      <ChangedFacts names={changed} />
      <Segmented label="Change" value={way} options={WAYS} onValue={(next) => setWay(next)} />
      {way === 'json' ? (
        <WholeCall key={revision} call={call} onChange={onChange} />
      ) : (
        <FactFields original={original} whatIf={whatIf} onChange={onChange} />
      )}
    </section>
  );
}

const ChangedFacts = ({ names }: { names: readonly string[] }) => (
  <p className="text-xs break-words text-ink-2" role="status" data-testid="what-if-changed">
    {names.length === 0 ? (
      'Change anything below: the decision follows, and nothing is stored.'
    ) : (
      <>
        Changed:{' '}
        {names.map((name, i) => (
          <span key={name}>
            {i > 0 ? ', ' : null}
            <code className="rounded bg-sunken px-1 font-mono">{name}</code>
          </span>
        ))}
      </>
    )}
  </p>
);

/** The arguments, and the names of who calls what. */
function FactFields({ original, whatIf, onChange }: Pick<WhatIfPanelProps, 'original' | 'whatIf' | 'onChange'>) {
  const known = useKnown();
  const { call, revision } = whatIf;
  return (
    <>
      <ArgumentsForm key={`${revision} ${nameOf(call, 'tool')}`} call={call} onChange={onChange} />
      <div className="grid gap-3 sm:grid-cols-2">
        {NAMED.map(([fact, label, list]) => (
          <SuggestInput
            key={fact}
            label={label}
            value={nameOf(call, fact)}
            suggestions={suggestionsFor(list, known)}
            placeholder={call[fact] === null ? 'none' : 'not known'}
            onValue={(name) => onChange(withName(call, fact, name, original, known.catalog))}
          />
        ))}
        <TokenInput
          label="Groups of the user"
          any={call.user === undefined || call.user?.groups === undefined ? 'not known' : 'none'}
          values={call.user?.groups ?? []}
          suggestions={suggestionsFor('groups', known)}
          onValues={(groups) => onChange({ ...call, user: { ...call.user, groups } })}
        />
      </div>
    </>
  );
}

const ARGUMENT_WAYS = [
  { value: 'form', label: 'Form' },
  { value: 'json', label: 'JSON' },
] as const;

function ArgumentsForm({ call, onChange }: { call: Call; onChange(call: Call): void }) {
  const { catalog } = useKnown();
  const schema = toolOf(catalog, nameOf(call, 'resource'), nameOf(call, 'tool'))?.inputSchema;
  const [way, setWay] = useState<'form' | 'json'>(schema === undefined ? 'json' : 'form');
  function change(value: Json | undefined) {
    const { args: _args, ...rest } = call;
    if (value === undefined) onChange(rest);
    else if (isObject(value)) onChange({ ...rest, args: value });
  }
  return (
    <div className="space-y-2">
      {schema === undefined ? null : (
        <Segmented label="Arguments" value={way} options={ARGUMENT_WAYS} onValue={(next) => setWay(next)} />
      )}
      {schema !== undefined && way === 'form' ? (
        <SchemaForm schema={schema} value={call.args ?? {}} onValue={change} />
      ) : (
        <JsonField
          label="Arguments, as a JSON object"
          hint={call.args === undefined ? 'Not known: left empty, they stay so' : undefined}
          value={call.args ?? undefined}
          onValue={change}
        />
      )}
    </div>
  );
}

/** All facts of the call as JSON, also times, addresses, tags and annotations. A missing key is unknown, null is absent. */
function WholeCall({ call, onChange }: { call: Call; onChange(call: Call): void }) {
  const [problem, setProblem] = useState<string>();
  const { id, ...facts } = call;
  return (
    <>
      <JsonField
        label="All facts of the call"
        hint="A key that is missing means not known; null means that there is none"
        value={facts as unknown as JsonObject}
        onValue={(value) => {
          if (!isObject(value)) {
            setProblem('a call is a JSON object');
            return;
          }
          const next = { ...value, id } as unknown as Call;
          const found = validateCall(next, '')[0];
          setProblem(found === undefined ? undefined : `${found.pointer}: ${found.message}`);
          if (found === undefined) onChange(next);
        }}
      />
      {problem === undefined ? null : (
        <p role="alert" className="text-xs text-deny">
          {problem}
        </p>
      )}
    </>
  );
}
