'use client';
import { useMemo, useState } from 'react';
import { difference, type RuleChange } from '@/lib/analysis';
import { shortDigest, type Bundle } from '@/lib/bundle';
import { adoptIds, mergeChanges, type IncomingPolicy, type ColumnReading } from '@/lib/intake';
import { Field, TextInput } from '../ui/field';
import { Segmented } from '../ui/segmented';
import { useWorkspace } from '../session/session';
import { useDigest } from '../session/use-digest';
import { counted } from '../ui/words';
import { ChangeList } from './change-list';
import { changeKey, countsOf } from './change-words';
import { ColumnChoice, RemarkList } from './remark-list';
import { DecisionsThatChange } from './decisions-that-change';
import { replaceWords } from './replace-words';

export type IntakeMethod = 'new' | 'replace' | 'rules';
export type ReadIncomingPolicy = Extract<IncomingPolicy, { ok: true }>;

/** The incoming policy, and the user's choices. */
export interface IntakeChoice {
  readonly way: IntakeMethod;
  readonly name: string;
  /** Keys of the changes that are not taken. */
  readonly left: ReadonlySet<string>;
  readonly columns: Readonly<Record<string, ColumnReading>>;
}

const FORM_WORDS = {
  link: 'a link',
  bundle: 'a bundle',
  rules: 'a list of rules',
  table: 'a table',
} satisfies Record<ReadIncomingPolicy['form'], string>;

/** The incoming policy, with the present rules' ids where it has none of its own; its changes; and the chosen ones. */
export function useIncoming(read: ReadIncomingPolicy, choice: IntakeChoice) {
  const { policy } = useWorkspace('policy');
  return useMemo(() => {
    const name = read.idsMade || read.form === 'rules' ? choice.name : read.bundle.name;
    const described = read.columns.some(({ reading }) => reading === 'description');
    const rules = read.idsMade ? adoptIds(read.bundle.rules, policy.rules, { described }) : read.bundle.rules;
    // A list of rules has no settings: the present ones stay.
    const settings = read.form === 'rules' || read.form === 'table' ? policy.settings : read.bundle.settings;
    const theirs = { rules, settings };
    const changes = difference(policy, theirs);
    const taken = choice.way === 'rules' ? changes.filter((change) => !choice.left.has(changeKey(change))) : changes;
    const after = choice.way === 'rules' ? mergeChanges(policy, theirs, taken) : theirs;
    const bundle: Bundle = { ...read.bundle, name, ...theirs };
    return { bundle, changes, taken, after };
  }, [read, choice, policy]);
}

interface IncomingViewProps {
  read: ReadIncomingPolicy;
  choice: IntakeChoice;
  onChoice(choice: IntakeChoice): void;
}

/** Preview of an incoming policy: what was not understood, and what it would change. */
export function IncomingView({ read, choice, onChoice }: IncomingViewProps) {
  const { policy } = useWorkspace('policy');
  const { bundle, changes, after } = useIncoming(read, choice);
  const [before] = useState(policy);
  return (
    <div className="space-y-4">
      <IncomingSummary read={read} bundle={bundle} />
      <UnknownParts warnings={read.warnings} />
      <RemarkList remarks={read.remarks} form={read.form} />
      <ColumnChoice
        columns={read.columns}
        chosen={choice.columns}
        onChosen={(columns) => onChoice({ ...choice, columns })}
      />
      <Segmented
        label="Import it"
        value={choice.way}
        options={[
          { value: 'new', label: 'as a new policy' },
          { value: 'replace', label: `in place of ${short(before.name)}` },
          { value: 'rules', label: 'rule by rule' },
        ]}
        onValue={(way) => onChoice({ ...choice, way })}
      />
      {choice.way === 'replace' ? <WhatIsReplaced bundle={bundle} /> : null}
      {choice.way === 'new' && isNameless(read) ? (
        <Field label="Name of the new policy">
          {(id) => (
            <TextInput
              id={id}
              value={choice.name}
              onChange={(event) => onChoice({ ...choice, name: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      <section aria-label="Against what is here" className="space-y-2">
        <h3 className="text-xs font-medium text-ink-2">Against {before.name}, which is open here</h3>
        {changes.length === 0 ? (
          <p className="text-sm">The rules and settings are the same.</p>
        ) : (
          <>
            <p className="text-sm" data-testid="taking-counts">
              {countsOf(changes)}.
            </p>
            <DecisionsThatChange before={policy} after={after} />
            <ChangeList
              changes={changes}
              chosen={choice.way === 'rules' ? new Set(withoutKeys(changes, choice.left)) : undefined}
              onChosen={(chosen) => onChoice({ ...choice, left: new Set(withoutKeys(changes, chosen)) })}
            />
          </>
        )}
      </section>
    </div>
  );
}

const isNameless = ({ form }: ReadIncomingPolicy): boolean => form === 'rules' || form === 'table';

const withoutKeys = (changes: readonly RuleChange[], keys: ReadonlySet<string>): readonly string[] =>
  changes.map(changeKey).filter((key) => !keys.has(key));

function IncomingSummary({ read, bundle }: { read: ReadIncomingPolicy; bundle: Bundle }) {
  const digest = useDigest(bundle);
  const also = [
    ...(bundle.trace === undefined || bundle.trace.length === 0 ? [] : [counted(bundle.trace.length, 'call')]),
    ...(bundle.tests === undefined || bundle.tests.length === 0 ? [] : [counted(bundle.tests.length, 'test')]),
    ...(bundle.catalog === undefined ? [] : ['a catalog']),
    ...(bundle.notes === undefined || bundle.notes === '' ? [] : ['notes']),
  ];
  return (
    <p className="text-sm" data-testid="incoming">
      <strong className="font-semibold">{counted(bundle.rules.length, 'rule')}</strong> from {FORM_WORDS[read.form]}
      {isNameless(read) ? '' : `: ${bundle.name}`}{' '}
      <code className="font-mono text-xs text-ink-2" data-digest={digest}>
        {digest === undefined ? '…' : shortDigest(digest)}
      </code>
      {also.length === 0 ? '' : `, with ${also.join(', ')}`}.
    </p>
  );
}

/** What a newer version of the format may mean. */
function UnknownParts({ warnings }: Pick<ReadIncomingPolicy, 'warnings'>) {
  if (warnings.length === 0) return null;
  return (
    <p className="text-xs text-ink-2">
      {counted(warnings.length, 'part')} of it {warnings.length === 1 ? 'is' : 'are'} not known to this version:{' '}
      {warnings
        .slice(0, 5)
        .map(({ pointer }) => pointer || 'the whole')
        .join(', ')}
      {warnings.length > 5 ? ', …' : ''}. They are kept as they came.
    </p>
  );
}

/** What stays, and what goes, of the policy that is replaced. */
function WhatIsReplaced({ bundle }: { bundle: Bundle }) {
  const { policy } = useWorkspace('policy');
  const { stays, goes } = replaceWords(policy, bundle);
  return (
    <>
      {goes === undefined ? null : (
        <p role="alert" className="rounded-md bg-gated-soft px-3 py-2 text-sm text-gated">
          {goes}
        </p>
      )}
      {stays === undefined ? null : <p className="text-sm text-ink-2">{stays}</p>}
    </>
  );
}

const short = (name: string): string => (name.length > 24 ? `${name.slice(0, 23)}…` : name);
