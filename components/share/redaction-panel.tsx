'use client';
import { clsx } from 'clsx';
import { ArrowRight, Check, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import type { Policy } from '@/lib/engine';
import type { RedactedValue, RedactionPlan } from '@/lib/redact';
import { counted, number } from '../ui/words';
import { Button } from '../ui/button';
import { ShowAll, useFirstShown } from '../ui/show-all';

const SHOWN_AT_FIRST = 100;

const KINDS = {
  argument: 'argument',
  person: 'person',
  name: 'name',
  address: 'address',
  text: 'text',
} satisfies Record<RedactedValue['kind'], string>;

interface RedactionPanelProps {
  plan: RedactionPlan;
  current: boolean;
  policy: Policy;
  keep: ReadonlySet<string>;
  onKeep(keep: ReadonlySet<string>): void;
}

/** The values of what is shared with their stand-ins, and whether the calls are still decided the same. */
export function RedactionPanel({ plan, current, policy, keep, onKeep }: RedactionPanelProps) {
  const values = plan.values.filter(({ fate }) => fate !== 'plain');
  const toggle = (value: string, on: boolean) => {
    const next = new Set(keep);
    if (on) next.add(value);
    else next.delete(value);
    onKeep(next);
  };
  return (
    <div className={clsx('space-y-2', !current && 'opacity-60')} aria-busy={!current}>
      {plan.needs.length > 0 ? (
        <NeededValues plan={plan} policy={policy} onKeepAll={(needed) => onKeep(new Set([...keep, ...needed]))} />
      ) : (
        <SameDecisions calls={plan.decided} />
      )}
      {plan.dropped.length === 0 ? null : (
        <p className="text-xs text-ink-2">Left out, as it is not known here: {plan.dropped.join(', ')}.</p>
      )}
      {values.length === 0 ? null : <ValueTable values={values} onToggle={toggle} />}
      <p className="text-xs text-ink-2">
        Times, tools, agents and resources stay as they are, and so do the rules. Text that you wrote (notes, names of
        tests) keeps its words but for these values: read it over.
      </p>
    </div>
  );
}

function SameDecisions({ calls }: { calls: number }) {
  return (
    <p role="status" className="flex items-start gap-1.5 text-allow">
      <Check size={14} strokeWidth={2.5} className="mt-0.5 shrink-0" aria-hidden />
      <span>
        {calls === 0
          ? 'There is no call to decide again.'
          : `${calls === 1 ? 'The call was' : `All ${number(calls)} calls were`} decided again: same effect, same rule, same outcome of every step.`}
      </span>
    </p>
  );
}

interface NeededValuesProps {
  plan: RedactionPlan;
  policy: Policy;
  onKeepAll(values: readonly string[]): void;
}

/** Without these values, calls would be decided otherwise. */
function NeededValues({ plan, policy, onKeepAll }: NeededValuesProps) {
  const ruleName = (ruleId: string) => {
    const index = policy.rules.findIndex((rule) => rule.id === ruleId);
    const name = policy.rules[index]?.name ?? '';
    return `rule ${index + 1}${name === '' ? '' : `, ${name}`}`;
  };
  return (
    <div role="alert" className="space-y-1.5 rounded-md bg-gated-soft px-3 py-2 text-gated">
      <p className="flex items-start gap-1.5">
        <TriangleAlert size={14} className="mt-0.5 shrink-0" aria-hidden />
        <span>
          {counted(plan.changed, 'call')} of {number(plan.decided)} would be decided otherwise.{' '}
          {plan.needs.length === 1 ? 'A condition needs this value:' : 'Conditions need these values:'}
        </span>
      </p>
      <ul
        className="max-h-28 list-disc space-y-0.5 overflow-auto pl-9 text-xs"
        tabIndex={0}
        aria-label="Values that conditions need"
      >
        {plan.needs.map(({ value, rules }) => (
          <li key={String(value)}>
            <code className="font-mono break-all">{String(value)}</code> ({rules.map(ruleName).join('; ')})
          </li>
        ))}
      </ul>
      <Button onClick={() => onKeepAll(plan.needs.map(({ value }) => String(value)))}>
        {plan.needs.length === 1 ? 'Keep this value' : 'Keep these values'}
      </Button>
    </div>
  );
}

interface ValueTableProps {
  values: readonly RedactedValue[];
  onToggle(value: string, keep: boolean): void;
}

function ValueTable({ values, onToggle }: ValueTableProps) {
  const list = useFirstShown(values.length, SHOWN_AT_FIRST);
  return (
    <>
      <div
        className="max-h-56 overflow-auto rounded-md border border-line"
        tabIndex={0}
        role="group"
        aria-label="Values that are replaced"
      >
        <table className="w-full text-left text-xs">
          <thead className="sticky top-0 bg-paper text-ink-2">
            <tr>
              <th className="px-2 py-1 font-medium">Keep</th>
              <th className="px-2 py-1 font-medium">Value</th>
              <th className="px-2 py-1 font-medium">What is shared</th>
            </tr>
          </thead>
          <tbody>
            {values.slice(0, list.shown).map((value) => (
              <ValueRow key={`${typeof value.value} ${String(value.value)}`} redacted={value} onToggle={onToggle} />
            ))}
          </tbody>
        </table>
      </div>
      <ShowAll list={list} what="values" />
    </>
  );
}

interface ValueRowProps {
  redacted: RedactedValue;
  onToggle(value: string, keep: boolean): void;
}

function ValueRow({ redacted: { value, standIn, kind, fate, uses }, onToggle }: ValueRowProps) {
  const id = useId();
  return (
    <tr className="border-t border-line align-top">
      <td className="px-2 py-1">
        <input
          type="checkbox"
          aria-labelledby={id}
          checked={fate === 'kept' || fate === 'in-rules'}
          disabled={fate === 'in-rules'}
          onChange={(event) => onToggle(String(value), event.target.checked)}
          className="accent-accent"
        />
      </td>
      <td className="max-w-48 px-2 py-1">
        <span id={id} className="line-clamp-3 font-mono break-all">
          {String(value)}
        </span>
        <span className="text-ink-2">
          {KINDS[kind]}
          {uses > 1 ? `, ${number(uses)} times` : ''}
        </span>
      </td>
      <td className="max-w-48 px-2 py-1">
        {fate === 'replaced' ? (
          <span className="line-clamp-3 font-mono break-all text-allow">
            <ArrowRight size={11} role="img" aria-label="becomes" className="mr-1 inline text-ink-2" />
            {String(standIn)}
          </span>
        ) : (
          <span className="text-gated">{fate === 'kept' ? 'as it is' : 'as it is: the rules say it'}</span>
        )}
      </td>
    </tr>
  );
}
