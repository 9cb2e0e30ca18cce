'use client';
import { CircleCheck, CircleX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { testName } from '@/lib/analysis';
import { readExercise } from '@/lib/embed';
import type { Rule } from '@/lib/engine';
import { OutcomeWords } from '../tests/expectation';
import { Button } from '../ui/button';
import { Marked } from '../ui/worded';
import { EditableRules } from './editable-rules';
import { RuleWords } from './rule-words';
import type { DecidedBundle } from './use-decided';
import type { EmbedViewProps } from './view-props';

/** A task, the policy to change, and the tests that it must pass; with a hint and a solution, where there are any. */
export function ExerciseView(props: EmbedViewProps) {
  const { bundle, decided, options, store } = props;
  const read = useMemo(() => readExercise(bundle.exercise), [bundle.exercise]);
  if (!read.ok) {
    return (
      <p role="alert" className="text-sm text-deny">
        This is not an exercise: <Marked text={read.message} />.
      </p>
    );
  }
  const { task, hint, solution } = read.exercise;
  return (
    <div className="space-y-3">
      <p data-testid="task" className="text-sm whitespace-pre-line">
        {task}
      </p>
      {/* An exercise that cannot be edited could not be done. */}
      <EditableRules {...props} options={{ ...options, editable: true }} />
      <ExerciseTests decided={decided} rules={bundle.rules} />
      <Help hint={hint} solution={solution} onApply={(rules) => store.setRules(rules)} />
    </div>
  );
}

function ExerciseTests({ decided, rules }: { decided: DecidedBundle | undefined; rules: readonly Rule[] }) {
  if (decided === undefined) return <p className="text-sm text-ink-2">The tests are running…</p>;
  const { tests } = decided;
  const passed = tests.filter(({ outcome }) => outcome.wrong === undefined).length;
  const done = tests.length > 0 && passed === tests.length;
  return (
    <section aria-label="Tests" className="space-y-1">
      <p role="status" data-testid="exercise-status" className={done ? 'font-medium text-allow' : 'font-medium'}>
        {standingOf(passed, tests.length)}
      </p>
      <ul className="space-y-1">
        {tests.map(({ test, outcome }, i) => {
          const passes = outcome.wrong === undefined;
          const Icon = passes ? CircleCheck : CircleX;
          return (
            <li key={i} className="flex items-start gap-2 text-sm">
              <Icon
                size={16}
                role="img"
                aria-label={passes ? 'passes' : 'fails'}
                className={passes ? 'mt-0.5 shrink-0 text-allow' : 'mt-0.5 shrink-0 text-deny'}
              />
              <span className="min-w-0 break-words">
                {testName(test)}
                {passes ? null : (
                  <span className="flex flex-wrap items-baseline gap-x-1.5 text-ink-2">
                    wanted <OutcomeWords effect={test.expect.effect} by={test.expect.decidedBy} rules={rules} />
                    got <OutcomeWords effect={outcome.got.effect} by={outcome.got.decidedBy} rules={rules} />
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function standingOf(passed: number, total: number): string {
  if (total === 0) return 'This exercise has no tests.';
  if (total === 1) return passed === 1 ? 'Solved: the test passes.' : 'The test does not pass yet.';
  return passed === total ? `Solved: all ${total} tests pass.` : `${passed} of ${total} tests pass.`;
}

interface HelpProps {
  hint: string | undefined;
  solution: readonly Rule[] | undefined;
  onApply(rules: readonly Rule[]): void;
}

function Help({ hint, solution, onApply }: HelpProps) {
  const [shown, setShown] = useState<'hint' | 'solution'>();
  const toggle = (what: typeof shown) => setShown((now) => (now === what ? undefined : what));
  return (
    <div className="space-y-2">
      <div className="flex gap-2">
        {hint === undefined ? null : (
          <Button aria-expanded={shown === 'hint'} onClick={() => toggle('hint')}>
            Hint
          </Button>
        )}
        {solution === undefined ? null : (
          <Button aria-expanded={shown === 'solution'} onClick={() => toggle('solution')}>
            Solution
          </Button>
        )}
      </div>
      {shown === 'hint' ? <p className="rounded-md bg-sunken px-2 py-1.5 text-sm">{hint}</p> : null}
      {shown === 'solution' && solution !== undefined ? (
        <div className="space-y-2 rounded-md bg-sunken px-2 py-1.5">
          <ol aria-label="A solution" className="space-y-2">
            {solution.map((rule) => (
              <li key={rule.id}>
                <RuleWords rule={rule} />
              </li>
            ))}
          </ol>
          <Button onClick={() => onApply(solution)}>Use this solution</Button>
        </div>
      ) : null}
    </div>
  );
}
