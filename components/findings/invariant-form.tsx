'use client';
import { useState } from 'react';
import type { Json, Rule } from '@/lib/engine';
import { formatInvariant, parseInvariant, withRuleId } from '@/lib/statements';
import { Button } from '../ui/button';
import { Field, TextInput } from '../ui/field';
import { useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { useFindings } from '../session/findings';
import { useUnfinished } from './use-unfinished';
import { InvariantFields } from './invariant-fields';

/** States an invariant: as a line of text, which the fields below it write as well. */
export function InvariantForm() {
  const { workspace } = useSession();
  const { rules } = useShownPolicy();
  const { invariants } = useFindings();
  const [line, setLine] = useUnfinished('invariant', '');
  const [problem, setProblem] = useState<string>();
  const change = (text: string) => {
    setLine(text);
    setProblem(undefined);
  };
  const state = () => {
    const read = parseInvariant(line);
    if (!read.ok) return setProblem(`This is not understood: ${read.problem.message}.`);
    const kept = withRuleId(read.statement, rules);
    const text = kept === read.statement ? line.trim() : formatInvariant(kept);
    if (invariants.some((one) => meaningOf(one, rules) === formatInvariant(kept)))
      return setProblem('This invariant is there already.');
    const done = workspace.dispatch({ kind: 'add-invariant', line: text });
    if (done.kind === 'refused') return setProblem(`It could not be added: ${done.problems[0]?.message ?? ''}.`);
    change('');
  };
  return (
    <form
      className="mt-3 space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        state();
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <div className="min-w-56 flex-1">
          <Field label="Add an invariant" problem={problem}>
            {(id, described) => (
              <TextInput
                id={id}
                aria-describedby={described}
                aria-invalid={problem !== undefined}
                value={line}
                maxLength={1000}
                autoComplete="off"
                spellCheck={false}
                placeholder="no agent but `codex` may ever call `delete_*` on `github`"
                onChange={(event) => change(event.target.value)}
              />
            )}
          </Field>
        </div>
        <Button type="submit" disabled={line.trim() === ''}>
          Add it
        </Button>
      </div>
      <InvariantFields onLine={change} />
    </form>
  );
}

/** An invariant in the one form that all of the same meaning have; undefined where it is not understood. */
function meaningOf(invariant: Json, rules: readonly Rule[]): string | undefined {
  const read = typeof invariant === 'string' ? parseInvariant(invariant) : undefined;
  return read?.ok === true ? formatInvariant(withRuleId(read.statement, rules)) : undefined;
}
