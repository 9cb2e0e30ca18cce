'use client';
import { useState } from 'react';
import { factName, factText, type FactChange, type MissingFact, type ValueClass } from '@/lib/analysis';
import type { Rule } from '@/lib/engine';
import { valueClassWords } from '@/lib/wording';
import { Button } from '../ui/button';
import { Field, TextInput } from '../ui/field';
import { Segmented } from '../ui/segmented';
import { Worded } from '../ui/worded';
import { changesOf, sampleOf, type SuppliedFact } from './fact-text';

interface MissingFactsProps {
  missing: readonly MissingFact[];
  /** What was supplied before. */
  changes: readonly FactChange[];
  rules: readonly Rule[];
  onChanges(changes: readonly FactChange[]): void;
}

/** A form for the facts that a decision waits for; beside each, what every class of its values would decide. */
export function MissingFacts({ missing, changes, rules, onChanges }: MissingFactsProps) {
  const [facts, setFacts] = useState<readonly SuppliedFact[]>(() =>
    missing.map(({ path }) => ({ path, is: 'unknown', text: '' })),
  );
  const [problems, setProblems] = useState<readonly (string | undefined)[]>([]);
  if (missing.length === 0) return null;
  const change = (at: number, part: Partial<SuppliedFact>) =>
    setFacts((now) => now.map((fact, i) => (i === at ? { ...fact, ...part } : fact)));
  return (
    <form
      aria-labelledby="missing"
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        const read = changesOf(facts);
        setProblems(read.ok ? [] : read.problems);
        if (read.ok) onChanges([...changes, ...read.changes]);
      }}
    >
      <div>
        <h4 id="missing" className="text-sm font-semibold">
          Facts that are missing
        </h4>
        <p className="text-xs text-ink-2">
          The entry does not say them, and the decision depends on them. What each class of values decides was tried
          with the values that the rules compare with.
        </p>
      </div>
      {missing.map((fact, at) => {
        const supplied = facts[at];
        return supplied === undefined ? null : (
          <MissingFactField
            key={fact.name}
            fact={fact}
            supplied={supplied}
            problem={problems[at]}
            rules={rules}
            onChange={(part) => change(at, part)}
          />
        );
      })}
      <Button type="submit" look="primary" disabled={facts.every(({ is }) => is === 'unknown')}>
        Decide with these facts
      </Button>
    </form>
  );
}

const STATES = [
  { value: 'unknown', label: 'not known' },
  { value: 'value', label: 'a value' },
  { value: 'absent', label: 'absent' },
] as const;

interface MissingFactFieldProps {
  fact: MissingFact;
  supplied: SuppliedFact;
  problem: string | undefined;
  rules: readonly Rule[];
  onChange(part: Partial<SuppliedFact>): void;
}

function MissingFactField({ fact, supplied, problem, rules, onChange }: MissingFactFieldProps) {
  const name = factName(fact.path);
  function take({ values }: ValueClass) {
    const sample = sampleOf(values);
    if (values.kind === 'absent') onChange({ is: 'absent' });
    else onChange({ is: 'value', text: sample === undefined ? '' : factText(sample, fact.path) });
  }
  return (
    <div className="space-y-2 rounded-md border border-line p-3 text-sm">
      <ul aria-label={`What values of ${name} decide`} className="space-y-1">
        {fact.classes.map((one, i) => (
          <li key={i} className="flex items-start gap-2">
            <span className="min-w-0 flex-1 break-words">
              <Worded words={valueClassWords(one, rules)} />
            </span>
            <Button
              look="plain"
              className="-my-0.5 h-7 px-2 text-xs text-accent"
              aria-label={`Take one of these: class ${i + 1} of ${name}`}
              onClick={() => take(one)}
            >
              Take
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-start gap-3">
        <Segmented label={name} value={supplied.is} options={STATES} onValue={(is) => onChange({ is })} />
        {supplied.is === 'value' ? (
          <div className="min-w-48 flex-1">
            <Field label={`Value of ${name}`} hint={hintOf(fact)} problem={problem}>
              {(id, described) => (
                <TextInput
                  id={id}
                  aria-describedby={described}
                  aria-invalid={problem !== undefined}
                  value={supplied.text}
                  onChange={(event) => onChange({ text: event.target.value })}
                />
              )}
            </Field>
          </div>
        ) : null}
      </div>
    </div>
  );
}

/** How a value is written. */
function hintOf({ path }: MissingFact): string {
  if (path[0] === 'args') return path.length > 1 ? 'JSON, or a text as it is' : 'A JSON object';
  return path.at(-1) === 'groups' || path.at(-1) === 'tags' ? 'Separated by commas' : 'As it is';
}
