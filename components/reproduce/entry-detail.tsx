'use client';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { factName, type FactChange } from '@/lib/analysis';
import type { Policy, RecordedDecision, Rule } from '@/lib/engine';
import type { ReplayClient, ReproducedEntry } from '@/lib/worker';
import { answerWords, EFFECT_TITLES, sentence } from '@/lib/wording';
import { CallFacts } from '../explain/call-facts';
import { StepList } from '../explain/step-list';
import { useAnswer } from '../session/use-answer';
import { Button } from '../ui/button';
import { DecisionIcon } from '../ui/effect-mark';
import { partOf } from '../ui/part';
import { ProfileNote } from '../ui/profile-note';
import { Worded } from '../ui/worded';
import { CauseList } from './cause-list';
import { VerdictMark } from './entry-list';
import { MissingFacts } from './missing-facts';

const EntryHistory = partOf(() => import('./entry-history').then((module) => module.EntryHistory));

interface EntryDetailProps {
  client: ReplayClient;
  log: number;
  policy: Policy;
  /** Place in the log. */
  index: number;
}

const NO_CHANGES: readonly FactChange[] = [];

/** One entry: what was recorded and what the policy gives, side by side; what explains a difference; and each rule's step. */
export function EntryDetail({ client, log, policy: { rules, settings }, index }: EntryDetailProps) {
  const [changes, setChanges] = useState(NO_CHANGES);
  const question = useMemo(
    () => ({ log, policy: { rules, settings }, index, changes }),
    [log, rules, settings, index, changes],
  );
  const ask = useCallback((params: typeof question) => client.ask('reproduceEntry', params), [client]);
  const { answer, current, failure } = useAnswer(question, ask);
  return (
    <section
      aria-label="The chosen entry"
      aria-busy={!current}
      className="@container min-w-0 space-y-4 rounded-lg border border-line p-4"
    >
      {failure !== undefined ? (
        <p role="alert" className="text-sm text-deny">
          {failure}
        </p>
      ) : answer === undefined ? (
        <p role="status" className="text-sm text-ink-2">
          Working out why…
        </p>
      ) : (
        <>
          <ProfileNote readings={settings.readings} />
          <EntryView entry={answer} rules={rules} onChanges={setChanges} />
          <EntryHistory client={client} log={log} policy={question.policy} index={index} />
        </>
      )}
    </section>
  );
}

interface EntryViewProps {
  entry: ReproducedEntry;
  rules: readonly Rule[];
  /** Decides the entry with other facts. */
  onChanges(changes: readonly FactChange[]): void;
}

function EntryView({ entry, rules, onChanges }: EntryViewProps) {
  const { call, changes, verdict, causes, missing, reasons } = entry;
  return (
    <>
      <div className="space-y-1">
        <h3 className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-base font-semibold">
          <VerdictMark verdict={verdict} />
          <span className="min-w-0 break-words">
            {call.tool?.name ?? 'No tool'}
            {call.resource ? <span className="font-normal text-ink-2"> on {call.resource.slug}</span> : null}
          </span>
        </h3>
        <p className="font-mono text-xs break-all text-ink-2">{call.id}</p>
      </div>
      {changes.length === 0 ? null : <Supplied changes={changes} onReset={() => onChanges(NO_CHANGES)} />}
      <div className="grid gap-3 @lg:grid-cols-2">
        <Side name="Recorded">
          <RecordedWords recorded={call.recorded} />
        </Side>
        <Side name="This policy">
          <DecisionIcon effect={reasons.decision.effect} />
          <span className="min-w-0 break-words">
            <Worded words={sentence(answerWords(reasons, rules))} />
          </span>
        </Side>
      </div>
      {verdict === 'diverged' ? <CauseList causes={causes} rules={rules} onTry={onChanges} /> : null}
      <MissingFacts key={changes.length} missing={missing} changes={changes} rules={rules} onChanges={onChanges} />
      <section aria-labelledby="steps" className="space-y-2">
        <h4 id="steps" className="text-sm font-semibold">
          Each rule’s step
        </h4>
        <StepList reasons={reasons} rules={rules} />
      </section>
      <section aria-label="The call" className="rounded-md border border-line p-3">
        <CallFacts call={call} />
      </section>
    </>
  );
}

function Side({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name} className="min-w-0 rounded-md bg-canvas p-3 text-sm">
      <h4 className="mb-1 text-xs font-semibold">{name}</h4>
      <p className="flex gap-2">{children}</p>
    </section>
  );
}

function RecordedWords({ recorded }: { recorded: RecordedDecision | null | undefined }) {
  if (!recorded) return <span className="text-ink-2">The entry does not say what was decided.</span>;
  const { effect, ruleName, ruleId, reason = '', policyDigest } = recorded;
  const rule = ruleName ?? ruleId ?? '';
  return (
    <>
      <DecisionIcon effect={effect} />
      <span className="min-w-0 break-words">
        {EFFECT_TITLES[effect]}
        {rule === '' ? null : (
          <>
            {' '}
            by <code className="rounded bg-sunken px-1 font-mono text-[0.92em]">{rule}</code>
          </>
        )}
        .{reason.trim() === '' ? null : <span className="block text-ink-2">Reason: {reason.trim()}</span>}
        {policyDigest === undefined ? null : (
          <span className="block font-mono text-xs break-all text-ink-2">Policy digest {policyDigest}</span>
        )}
      </span>
    </>
  );
}

function Supplied({ changes, onReset }: { changes: readonly FactChange[]; onReset(): void }) {
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-md bg-gated-soft px-3 py-2 text-sm">
      <p role="status" className="min-w-0 flex-1 break-words">
        Decided with facts that the entry does not say:{' '}
        {changes.map(({ path, to }, i) => (
          <span key={factName(path)}>
            {i > 0 ? ', ' : null}
            <code className="font-mono">
              {factName(path)} {to.kind === 'absent' ? 'absent' : `= ${JSON.stringify(to.value)}`}
            </code>
          </span>
        ))}
        .
      </p>
      <Button onClick={onReset}>As recorded</Button>
    </div>
  );
}
