'use client';
import { useId } from 'react';
import { FIELDS, type IntakeColumn, type IntakeForm, type ColumnReading, type IntakeRemark } from '@/lib/intake';
import { counted } from '../ui/words';
import { INPUT } from '../ui/field';
import { Marked } from '../ui/worded';

/** Lists what was not understood in a table or in bare rules. */
export function RemarkList({ remarks, form }: { remarks: readonly IntakeRemark[]; form: IntakeForm }) {
  if (remarks.length === 0) return null;
  const drafted = new Set(remarks.flatMap(({ drafted: made, rule }) => (made === true ? [rule] : []))).size;
  return (
    <section aria-label="Not understood" className="rounded-md bg-gated-soft px-3 py-2 text-sm text-gated">
      <p>
        <strong className="font-semibold">{counted(remarks.length, 'thing')}</strong> to look at
        {drafted === 0
          ? ''
          : `; ${counted(drafted, 'rule is a draft', 'rules are drafts')} because of it, and decides nothing`}
        :
      </p>
      <ul className="mt-1 max-h-40 list-disc space-y-0.5 overflow-auto pl-5 text-xs" tabIndex={0} aria-label="Remarks">
        {remarks.map(({ message, place }, i) => (
          <li key={i}>
            {place === undefined ? '' : `${form === 'rules' ? 'Rule' : 'Line'} ${place}: `}
            <Marked text={message} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const READING_WORDS: Readonly<Record<ColumnReading, string>> = {
  id: 'the rule’s id',
  name: 'the name',
  description: 'the description',
  effect: 'the effect',
  status: 'the status',
  scope: 'the whole scope',
  resources: 'resources',
  agents: 'agents',
  instances: 'instances',
  users: 'users',
  groups: 'groups',
  tools: 'tool patterns',
  condition: 'the condition',
  position: 'the position',
  nothing: 'nothing that decides',
};

interface ColumnChoiceProps {
  columns: readonly IntakeColumn[];
  chosen: Readonly<Record<string, ColumnReading>>;
  onChosen(chosen: Readonly<Record<string, ColumnReading>>): void;
}

/** Lets the user assign a column whose name was not recognized. */
export function ColumnChoice({ columns, chosen, onChosen }: ColumnChoiceProps) {
  const id = useId();
  const asked = columns.filter(
    ({ name, reading, filled }) => (filled > 0 && reading === undefined) || Object.hasOwn(chosen, name),
  );
  if (asked.length === 0) return null;
  return (
    <fieldset className="space-y-1.5">
      <legend className="text-xs font-medium text-ink-2">What these columns say</legend>
      {asked.map(({ name, example }, i) => (
        <div key={name} className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <label htmlFor={`${id}-${i}`} className="min-w-24 font-medium break-words">
            {name}
          </label>
          <select
            id={`${id}-${i}`}
            value={chosen[name] ?? ''}
            onChange={(event) => {
              const { [name]: _, ...rest } = chosen;
              const value = event.target.value;
              onChosen(value === '' ? rest : { ...rest, [name]: value as ColumnReading });
            }}
            className={`${INPUT} h-8 !w-auto pointer-coarse:h-11`}
          >
            <option value="">not known</option>
            {[...FIELDS, 'nothing' as const].map((reading) => (
              <option key={reading} value={reading}>
                {READING_WORDS[reading]}
              </option>
            ))}
          </select>
          <span className="min-w-0 truncate text-xs text-ink-2">for example “{example}”</span>
        </div>
      ))}
    </fieldset>
  );
}
