'use client';
import { useCallback, useMemo } from 'react';
import type { WhyNot } from '@/lib/analysis';
import { obstacleWords, remedyWords, sentence, whyNotWords } from '@/lib/wording';
import type { Call, Policy, Rule, RuleId } from '@/lib/engine';
import { Button } from '../ui/button';
import { Worded } from '../ui/worded';
import { useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { useAnswer } from '../session/use-answer';
import type { TryChanges } from './what-if-call';

interface WhyNotProps {
  ruleId: RuleId;
  call: Call;
  /** Tries changes of the call in what-if, where what-if is available. */
  onTry?: TryChanges | undefined;
}

/** All reasons why a rule did not decide a call, and the changes that would make it. The engine has decided each of them. */
export function WhyNotOf({ ruleId, call, onTry }: WhyNotProps) {
  const shown = useShownPolicy();
  const { rules } = shown;
  const { answer, failure } = useWhyNot(shown, call, ruleId);
  if (failure !== undefined) {
    return (
      <p role="alert" className="text-sm text-deny">
        {failure}
      </p>
    );
  }
  if (answer === undefined) {
    return (
      <p role="status" className="text-sm text-ink-2">
        Working out why…
      </p>
    );
  }
  return <WhyNotAnswer answer={answer} rules={rules} onTry={onTry} />;
}

interface WhyNotAnswerProps {
  answer: WhyNot;
  rules: readonly Rule[];
  onTry: TryChanges | undefined;
}

function WhyNotAnswer({ answer, rules, onTry }: WhyNotAnswerProps) {
  return (
    <section aria-label="Why not this rule?" className="space-y-1.5 text-sm" data-testid="why-not">
      <p className="font-medium break-words" role="status">
        <Worded words={whyNotWords(answer, rules)} />
        {answer.obstacles.length > 0 && answer.decides === 'no' ? ':' : '.'}
      </p>
      {answer.obstacles.length === 0 ? null : (
        <ul className="list-disc space-y-0.5 pl-5 marker:text-ink-3">
          {answer.obstacles.map((obstacle) => (
            <li key={obstacle.kind} className="break-words">
              <Worded words={sentence(obstacleWords(obstacle, answer, rules))} />
            </li>
          ))}
        </ul>
      )}
      {answer.decides === 'yes' ? null : answer.remedies.length === 0 ? (
        <p className="text-ink-2">No one change, and no two, were found that would make it decide this call.</p>
      ) : (
        <>
          <p className="text-ink-2">It would decide this call:</p>
          <ul className="list-disc space-y-1 pl-5 marker:text-ink-3">
            {answer.remedies.map((remedy, i) => (
              <li key={i} className="break-words">
                <Worded words={sentence(remedyWords(remedy, rules))} />
                {onTry !== undefined && remedy.edits.length === 0 ? (
                  <Button look="outline" className="ml-2 h-6 px-1.5 text-xs" onClick={() => onTry(remedy.changes)}>
                    Try it
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** INVARIANT: never the answer for another policy, call or rule. */
function useWhyNot({ rules, settings }: Policy, call: Call, ruleId: RuleId) {
  const { replay } = useSession();
  const question = useMemo(() => ({ policy: { rules, settings }, call, ruleId }), [rules, settings, call, ruleId]);
  const ask = useCallback((asked: typeof question) => replay.ask('whyNot', asked), [replay]);
  const { answer, failure, current } = useAnswer(question, ask);
  return current ? { answer, failure } : {};
}
