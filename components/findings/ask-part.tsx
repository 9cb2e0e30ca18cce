'use client';
import { useCallback, useId, useMemo, useState } from 'react';
import { questionWords } from '@/lib/wording';
import { Button } from '../ui/button';
import { Field, TextInput } from '../ui/field';
import { Marked } from '../ui/worded';
import type { WorkbenchDialog } from '../session/dialogs';
import { useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { useAnswer } from '../session/use-answer';
import { useKnown } from '../session/use-catalog';
import { HelpLink } from '../site/help-link';
import { WitnessCall } from './witness-call';

/** So many rules are among the examples. */
const MOST_EXAMPLES = 50;

/** A question about all calls, answered by a call, or by a proof that there is none; after an edit, anew. */
export function AskPart({ openDialog }: { openDialog(dialog: WorkbenchDialog): void }) {
  const { rules } = useShownPolicy();
  const [line, setLine] = useState('');
  const [asked, setAsked] = useState('');
  const { answered, current, failure } = useAsked(asked);
  const examples = useId();
  const problem = answered?.kind === 'not-understood' && line === asked ? answered.problem.message : undefined;
  const answer = current && answered?.kind === 'answered' ? answered.answer : undefined;
  return (
    <details data-testid="ask" className="rounded-lg border border-line px-3 py-2">
      <summary className="cursor-pointer text-sm font-medium pointer-coarse:min-h-9">
        Ask<span className="font-normal text-ink-2">: for a call that is decided in a certain way</span>
      </summary>
      <form
        className="mt-2 flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(line);
        }}
      >
        <div className="min-w-56 flex-1">
          <Field
            label="Show me"
            help={<HelpLink to="invariants/#questions" about="questions" />}
            problem={problem === undefined ? undefined : `This is not understood: ${problem}.`}
            hint="Such as: a call by agent codex to delete_* on github that is allowed"
          >
            {(id, described) => (
              <TextInput
                id={id}
                aria-describedby={described}
                list={examples}
                value={line}
                maxLength={1000}
                autoComplete="off"
                spellCheck={false}
                placeholder="a call that reaches the default"
                onChange={(event) => setLine(event.target.value)}
              />
            )}
          </Field>
          <datalist id={examples}>
            <option value="a call that reaches the default" />
            <option value="a call that is allowed by rule 1 and denied by rule 2" />
            <option value="a call to any destructive tool that is allowed without a gate" />
            {rules.slice(0, MOST_EXAMPLES).map(({ id }, i) => (
              <option key={id} value={`a call that rule ${String(i + 1)} decides`} />
            ))}
          </datalist>
        </div>
        <Button type="submit" disabled={line.trim() === ''}>
          Ask
        </Button>
      </form>
      <div role="status" className="mt-2 text-sm">
        {asked === '' ? null : failure !== undefined ? (
          <p className="text-deny">{failure}</p>
        ) : answer === undefined ? (
          current ? null : (
            <p className="text-ink-2">Searching…</p>
          )
        ) : (
          <p className="break-words">
            <Marked text={`${questionWords(answer, rules.length)}.`} />
          </p>
        )}
      </div>
      {answer?.kind === 'call' ? <WitnessCall call={answer.call} openDialog={openDialog} /> : null}
    </details>
  );
}

function useAsked(line: string) {
  const { replay } = useSession();
  const { rules, settings } = useShownPolicy();
  const { catalog } = useKnown();
  const question = useMemo(
    () => (line === '' ? undefined : { policy: { rules, settings }, catalog, line }),
    [rules, settings, catalog, line],
  );
  const ask = useCallback((asked: NonNullable<typeof question>) => replay.ask('ask', asked), [replay]);
  const { answer: answered, current, failure } = useAnswer(question, ask);
  return { answered, current, failure };
}
