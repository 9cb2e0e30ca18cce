'use client';
import { useMemo, useState, type ComponentType } from 'react';
import { freeTestName } from '@/lib/analysis';
import type { BundleTest } from '@/lib/bundle';
import type { Call, Catalog, DecisionEffect } from '@/lib/engine';
import { Button } from '../ui/button';
import { DECISION_MARKS } from '../ui/effect-mark';
import { Field, INPUT, TextArea, TextInput } from '../ui/field';
import { Segmented } from '../ui/segmented';
import { Marked } from '../ui/worded';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { useAnswer } from '../session/use-answer';
import { useKnown } from '../session/use-catalog';
import { OutcomeWords } from './expectation';
import { deciderChoices, readTest, valueOf, type ReadCall } from './read-test';

/** A form for a call, as for one that is added to a trace. */
export type CallFormPart = ComponentType<{ from: Call | undefined; onCall(call: Call): void }>;

/** Chooses a call of the open trace. */
export type CallChoicePart = ComponentType<{ onCall(call: Call): void }>;

interface TestFormProps {
  CallForm: CallFormPart;
  CallChoice: CallChoicePart;
  /** The test to be changed; undefined for a new one. */
  test: BundleTest | undefined;
  onTest(test: BundleTest): void;
  onCancel(): void;
}

const EFFECTS = (['allow', 'deny', 'conditional'] as const).map((value) => {
  const { word, icon, text } = DECISION_MARKS[value];
  return { value, label: word, icon, className: text };
});

const WAYS = [
  { value: 'form', label: 'By a form' },
  { value: 'json', label: 'As JSON' },
] as const;

/** A test by hand: the call, by a form or as JSON, and what should become of it. What it would get by now is shown beside. */
export function TestForm({ CallForm, CallChoice, test, onTest, onCancel }: TestFormProps) {
  const { policy } = useWorkspace('policy');
  const { rules } = useShownPolicy();
  const { explained } = useReplay('explained');
  const { catalog } = useKnown();
  const [name, setName] = useState(test?.name ?? '');
  const [effect, setEffect] = useState<DecisionEffect>(test?.expect.effect ?? 'deny');
  const [by, setBy] = useState(test?.expect.decidedBy);
  const [call, setCall] = useState(() => written(test?.call ?? callToBegin(explained?.call, catalog)));
  const [asked, setAsked] = useState(false);
  const read = useMemo(
    () => readTest(name.trim(), call, { effect, ...(by === undefined ? {} : { decidedBy: by }) }),
    [name, call, effect, by],
  );

  function save() {
    setAsked(true);
    if (!read.ok) return;
    const others = (policy.tests ?? []).filter((one) => one !== test);
    const called = read.test.name === '' ? (read.test.call.tool?.name ?? 'Test') : read.test.name;
    onTest({ ...read.test, name: test === undefined ? freeTestName(called, others) : called });
  }

  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field label="Name" hint="Left empty, it is called after its tool.">
        {(id, described) => (
          <TextInput
            id={id}
            aria-describedby={described}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <TestedCall
        CallForm={CallForm}
        CallChoice={test === undefined ? CallChoice : undefined}
        text={call}
        read={read}
        invalid={asked && !read.ok}
        onText={setCall}
      />
      {read.ok ? <NowWords test={read.test} /> : <CallProblems messages={read.messages} />}
      <ExpectedDecision
        effect={effect}
        by={by}
        choices={deciderChoices(rules, effect, test?.expect.decidedBy)}
        onEffect={(value) => {
          setEffect(value);
          setBy(undefined);
        }}
        onBy={setBy}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit">
          {test === undefined ? 'Add the test' : 'Save the test'}
        </Button>
      </div>
    </form>
  );
}

interface TestedCallProps {
  CallForm: CallFormPart;
  /** Undefined where the test has its call already. */
  CallChoice: CallChoicePart | undefined;
  /** The call as JSON, which the form reads and writes as well. */
  text: string;
  read: ReadCall;
  invalid: boolean;
  onText(text: string): void;
}

/** The call of a test, by a form or as JSON. */
function TestedCall({ CallForm, CallChoice, text, read, invalid, onText }: TestedCallProps) {
  const [way, setWay] = useState<'form' | 'json'>('form');
  /** Counts the calls that the form began with. */
  const [begun, setBegun] = useState(0);
  return (
    <>
      {CallChoice === undefined ? null : (
        <CallChoice
          onCall={(chosen) => {
            onText(written(withoutRecord(chosen)));
            setBegun(begun + 1);
          }}
        />
      )}
      <Segmented
        label="The call"
        value={way}
        options={WAYS}
        onValue={(next) => {
          // What is no call yet is corrected as it was written.
          if (next === 'json' || read.ok) setWay(next);
        }}
      />
      {way === 'form' && read.ok ? (
        <CallForm key={begun} from={read.test.call} onCall={(next) => onText(written(withoutRecord(next)))} />
      ) : (
        <CallField value={text} invalid={invalid} onValue={onText} />
      )}
    </>
  );
}

interface CallFieldProps {
  value: string;
  invalid: boolean;
  onValue(value: string): void;
}

function CallField({ value, invalid, onValue }: CallFieldProps) {
  return (
    <Field
      label="The call, as JSON"
      hint="A fact that is left out is not known; null says that it is known to be absent."
    >
      {(id, described) => (
        <TextArea
          id={id}
          aria-describedby={described}
          aria-invalid={invalid}
          rows={10}
          spellCheck={false}
          className="font-mono text-xs"
          value={value}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  );
}

function CallProblems({ messages }: { messages: readonly string[] }) {
  return (
    <ul role="alert" className="space-y-0.5 text-xs text-deny">
      {messages.slice(0, 8).map((message) => (
        <li key={message}>
          <Marked text={message} />
        </li>
      ))}
    </ul>
  );
}

type ExpectedDecider = BundleTest['expect']['decidedBy'];

interface ExpectedDecisionProps {
  effect: DecisionEffect;
  by: ExpectedDecider;
  choices: ReturnType<typeof deciderChoices>;
  onEffect(effect: DecisionEffect): void;
  onBy(by: ExpectedDecider): void;
}

function ExpectedDecision({ effect, by, choices, onEffect, onBy }: ExpectedDecisionProps) {
  return (
    <>
      <Segmented label="It should be" value={effect} options={EFFECTS} onValue={onEffect} />
      <Field label="Decided by">
        {(id) => (
          <select
            id={id}
            className={`${INPUT} h-8 pointer-coarse:h-11`}
            value={valueOf(by)}
            onChange={(event) => onBy(choices.find(({ value }) => value === event.target.value)?.by)}
          >
            {choices.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

/** What the shown policy decides for the call. */
function NowWords({ test }: { test: BundleTest }) {
  const { replay } = useSession();
  const { rules, settings } = useShownPolicy();
  const question = useMemo(() => ({ policy: { rules, settings }, tests: [test] }), [rules, settings, test]);
  const ask = useMemo(() => (params: typeof question) => replay.ask('runTests', params), [replay]);
  const { answer, current } = useAnswer(question, ask);
  const outcome = current ? answer?.[0] : undefined;
  return (
    <p role="status" className="flex min-h-6 flex-wrap items-center gap-x-2 text-sm" data-testid="test-now">
      <span className="text-ink-2">By the present policy:</span>
      {outcome === undefined ? (
        <span className="text-ink-2">deciding…</span>
      ) : (
        <OutcomeWords effect={outcome.got.effect} by={outcome.got.decidedBy} rules={rules} />
      )}
    </p>
  );
}

const written = (call: object): string => JSON.stringify(call, null, 2);

function withoutRecord({ id: _id, recorded: _recorded, ...facts }: Call): object {
  return facts;
}

/** Something to write on: the call in focus, else a call of the first tool of the catalog. */
function callToBegin(focus: Call | undefined, catalog: Catalog): object {
  if (focus !== undefined) return withoutRecord(focus);
  const [resource] = catalog.resources;
  const [agent] = catalog.agents;
  const tool = resource?.tools?.[0]?.name ?? 'send_message';
  return {
    ...(agent === undefined ? {} : { agent: { slug: agent.slug } }),
    ...(resource === undefined ? {} : { resource: { slug: resource.slug } }),
    tool: { name: tool },
    args: {},
  };
}
