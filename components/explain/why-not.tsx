'use client';
import { useEffect, useState } from 'react';
import type { WhyNot } from '@/lib/analysis';
import { obstacleWords, remedyWords, sentence, whyNotWords } from '@/lib/wording';
import type { Call, Policy, RuleId } from '@/lib/engine';
import { Button } from '../ui/button';
import { Worded } from '../ui/worded';
import { useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
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
  const answer = useWhyNot(shown, call, ruleId);
  if (answer.kind === 'asking') {
    return (
      <p role="status" className="text-sm text-ink-2">
        Working out why…
      </p>
    );
  }
  if (answer.kind === 'failed') {
    return (
      <p role="alert" className="text-sm text-deny">
        {answer.message}
      </p>
    );
  }
  const { value } = answer;
  return (
    <section aria-label="Why not this rule?" className="space-y-1.5 text-sm" data-testid="why-not">
      <p className="font-medium break-words" role="status">
        <Worded words={whyNotWords(value, rules)} />
        {value.obstacles.length > 0 && value.decides === 'no' ? ':' : '.'}
      </p>
      {value.obstacles.length === 0 ? null : (
        <ul className="list-disc space-y-0.5 pl-5 marker:text-ink-3">
          {value.obstacles.map((obstacle) => (
            <li key={obstacle.kind} className="break-words">
              <Worded words={sentence(obstacleWords(obstacle, value, rules))} />
            </li>
          ))}
        </ul>
      )}
      {value.decides === 'yes' ? null : value.remedies.length === 0 ? (
        <p className="text-ink-2">No one change, and no two, were found that would make it decide this call.</p>
      ) : (
        <>
          <p className="text-ink-2">It would decide this call:</p>
          <ul className="list-disc space-y-1 pl-5 marker:text-ink-3">
            {value.remedies.map((remedy, i) => (
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

type WhyNotState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly value: WhyNot }
  | { readonly kind: 'failed'; readonly message: string };

/** INVARIANT: never the answer for another policy, call or rule. */
function useWhyNot(policy: Policy, call: Call, ruleId: RuleId): WhyNotState {
  const { replay } = useSession();
  const { rules, settings } = policy;
  const [held, setHeld] = useState<{ readonly of: readonly unknown[]; readonly answer: WhyNotState }>();
  useEffect(() => {
    let gone = false;
    const keep = (answer: WhyNotState) => {
      if (!gone) setHeld({ of: [rules, settings, call, ruleId], answer });
    };
    replay.ask('whyNot', { policy: { rules, settings }, call, ruleId }).then(
      (value) => keep({ kind: 'answered', value }),
      (error: unknown) => keep({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      gone = true;
    };
  }, [replay, rules, settings, call, ruleId]);
  const now = [rules, settings, call, ruleId];
  return held !== undefined && held.of.every((one, i) => one === now[i]) ? held.answer : { kind: 'asking' };
}
