'use client';
import { useCallback, useMemo } from 'react';
import type { Policy, Rule } from '@/lib/engine';
import type { ReplayClient, WorkerQuestions } from '@/lib/worker';
import { LISTED_WORDS, listedWords } from '@/lib/wording';
import { useAnswer } from '../session/use-answer';
import { counted } from '../ui/words';
import { Worded } from '../ui/worded';

interface ConnectionsProps {
  client: ReplayClient;
  log: number;
  policy: Policy;
}

type ComparedConnections = WorkerQuestions['compareConnections']['result'];

/** Connections that are listed; the command line prints all. */
const MOST_SHOWN = 50;
const MOST_TOOLS = 50;

/** The tools that the gateway listed when instances connected, beside what the policy gives. */
export function Connections({ client, log, policy: { rules, settings } }: ConnectionsProps) {
  const question = useMemo(() => ({ log, policy: { rules, settings } }), [log, rules, settings]);
  const ask = useCallback((params: typeof question) => client.ask('compareConnections', params), [client]);
  const { answer, current, failure } = useAnswer(question, ask);
  return (
    <section
      aria-labelledby="connections"
      aria-busy={!current}
      className="space-y-3 rounded-lg border border-line p-4 text-sm"
    >
      <h2 id="connections" className="text-base font-semibold">
        Tools listed at connection
      </h2>
      {failure !== undefined ? (
        <p role="alert" className="text-deny">
          {failure}
        </p>
      ) : answer === undefined ? (
        <p role="status" className="text-ink-2">
          Comparing…
        </p>
      ) : (
        <ComparedList connections={answer} rules={rules} />
      )}
    </section>
  );
}

function ComparedList({ connections, rules }: { connections: ComparedConnections; rules: readonly Rule[] }) {
  const listed = connections.flatMap(({ tools }) => tools);
  const diverged = listed.filter(({ verdict }) => verdict === 'diverged').length;
  const left = connections.length - MOST_SHOWN;
  return (
    <>
      <p role="status">
        {counted(connections.length, 'connection')}, {counted(listed.length, 'listed tool')}: {diverged} diverged.
      </p>
      <ul className="space-y-2">
        {connections.slice(0, MOST_SHOWN).map((one, i) => (
          <li key={i}>
            <ComparedOne connection={one} rules={rules} />
          </li>
        ))}
      </ul>
      {left > 0 ? <p className="text-ink-2">… and {counted(left, 'connection')} more.</p> : null}
    </>
  );
}

function ComparedOne({
  connection: { event, tools },
  rules,
}: {
  connection: ComparedConnections[number];
  rules: readonly Rule[];
}) {
  const { facts, time } = event;
  const names = [facts.instance?.id, facts.agent?.slug, facts.user?.email ?? facts.user?.id];
  const who = names.filter((name) => typeof name === 'string').join(', ');
  const others = tools.filter(({ verdict }) => verdict !== 'same');
  return (
    <>
      <h3 className="font-medium break-words">
        {who === '' ? 'An instance' : who}
        {time === undefined ? null : <span className="font-normal text-ink-2">, {time}</span>}
      </h3>
      <p className="text-ink-2">
        {tools.length - others.length} of {counted(tools.length, 'tool')} as listed.
      </p>
      {others.length === 0 ? null : (
        <ul className="list-disc pl-5">
          {others.slice(0, MOST_TOOLS).map((tool, i) => (
            <li key={i} className="break-words">
              <strong className="font-semibold">{LISTED_WORDS[tool.verdict]}</strong>:{' '}
              <Worded words={listedWords(tool, rules)} />
            </li>
          ))}
          {others.length > MOST_TOOLS ? <li>… and {counted(others.length - MOST_TOOLS, 'tool')} more</li> : null}
        </ul>
      )}
    </>
  );
}
