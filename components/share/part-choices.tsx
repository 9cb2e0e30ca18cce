'use client';
import type { Bundle } from '@/lib/bundle';
import type { Call } from '@/lib/engine';
import type { PolicyContent } from '@/lib/store';
import { counted, number } from '../ui/words';
import type { SharePart } from './parts';

interface PartChoicesProps {
  rules: number;
  chosen: ReadonlySet<SharePart>;
  onChosen(chosen: ReadonlySet<SharePart>): void;
  call: Call | undefined;
  trace: { readonly name: string; readonly calls: number } | undefined;
  most: number;
  own: Pick<PolicyContent | Bundle, 'tests' | 'catalog' | 'notes'>;
  /** The number of invariants. */
  invariants: number;
  /** The number of findings that were dismissed. */
  dismissed: number;
  /** Whether there is a catalog to include. */
  catalog: boolean;
}

/** What the bundle contains: the rules always, the rest by choice. */
export function PartChoices(props: PartChoicesProps) {
  const { rules, chosen, onChosen, call, trace, most, own, invariants, dismissed, catalog } = props;
  const choice = (part: SharePart, label: string, there: boolean) => (
    <Choice
      label={label}
      checked={there && chosen.has(part)}
      disabled={!there}
      onChange={(on) => {
        const next = new Set(chosen);
        if (on) next.add(part);
        else next.delete(part);
        onChosen(next);
      }}
    />
  );
  const tests = own.tests?.length ?? 0;
  const calls = trace?.calls ?? 0;
  return (
    <fieldset className="space-y-1">
      <legend className="mb-1 text-xs font-medium text-ink-2">What goes in</legend>
      <Choice checked disabled onChange={() => {}} label={`The policy: ${counted(rules, 'rule')} and its settings`} />
      {choice(
        'call',
        call === undefined ? 'The call in focus (none is chosen)' : `The call in focus, ${call.tool?.name ?? call.id}`,
        call !== undefined,
      )}
      {choice(
        'trace',
        trace === undefined || calls === 0
          ? 'The open trace (none is open)'
          : calls > most
            ? `The open trace (its ${number(calls)} calls are too many)`
            : `The open trace, ${trace.name}: ${counted(calls, 'call')}`,
        calls > 0 && calls <= most,
      )}
      {choice('tests', tests === 0 ? 'Tests (there are none)' : `The tests: ${number(tests)}`, tests > 0)}
      {choice('catalog', 'The catalog: resources, tools, agents and users', own.catalog !== undefined || catalog)}
      {choice(
        'notes',
        own.notes === undefined || own.notes === '' ? 'Notes (there are none)' : 'The notes',
        own.notes !== undefined && own.notes !== '',
      )}
      {invariants === 0 ? null : choice('invariants', counted(invariants, 'invariant'), true)}
      {dismissed === 0
        ? null
        : choice('dismissed', `${counted(dismissed, 'dismissed finding')}, with the reasons`, true)}
    </fieldset>
  );
}

interface SharedPartProps {
  label: string;
  checked: boolean;
  disabled?: boolean;
  onChange(checked: boolean): void;
}

function Choice({ label, checked, disabled = false, onChange }: SharedPartProps) {
  return (
    <label className={`flex items-center gap-2 py-0.5 pointer-coarse:py-2 ${disabled && !checked ? 'text-ink-2' : ''}`}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="accent-accent"
      />
      {label}
    </label>
  );
}
