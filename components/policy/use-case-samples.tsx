'use client';
import { useEffect, useState } from 'react';
import { tryFilled, type FilledCondition, type FilledSample, type UseCase } from '@/lib/analysis';
import { failedToCompile, type Effect } from '@/lib/engine';
import { useShownPolicy } from '../session/shown-policy';
import { Marked } from '../ui/worded';
import { sampleText } from './sample-words';

interface UseCaseSamplesProps {
  useCase: UseCase;
  filled: FilledCondition;
  effect: Effect;
}

/** What a rule with this condition does on three calls: decided by the engine, with the chosen values and the rule's effect. */
export function UseCaseSamples({ useCase, filled, effect }: UseCaseSamplesProps) {
  const { settings } = useShownPolicy();
  const [tried, setTried] = useState<{ readonly of: string; readonly samples: readonly FilledSample[] }>();
  const question = JSON.stringify({ filled, effect, settings });
  useEffect(() => {
    let gone = false;
    const asked = JSON.parse(question) as { filled: FilledCondition; effect: Effect; settings: typeof settings };
    void tryFilled(useCase, asked.filled, asked).then((samples) => {
      if (!gone) setTried({ of: question, samples });
    });
    return () => {
      gone = true;
    };
  }, [useCase, question]);
  const samples = tried?.of === question ? tried.samples : undefined;
  return (
    <dl className="space-y-1 text-xs" aria-busy={samples === undefined} data-testid="ready-samples">
      {samples === undefined ? <div className="text-ink-2">Deciding…</div> : null}
      {samples?.map(({ name, call, step }) => (
        <div key={name}>
          <dt className="font-medium">
            <Outcome step={step} effect={effect} />
          </dt>
          <dd>
            <code className="line-clamp-2 font-mono break-all">{sampleText(call)}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const MATCHED = {
  allow: 'Allowed by this rule',
  deny: 'Denied by this rule',
  gated: 'Allowed by this gate',
} satisfies Record<Effect, string>;

function Outcome({ step, effect }: { step: FilledSample['step']; effect: Effect }) {
  switch (step.kind) {
    case 'matched':
      return MATCHED[effect];
    case 'condition-false':
      return 'Left to the rules below';
    case 'gate-denied':
      return 'Denied by this gate, as the policy’s setting says';
    case 'condition-error':
      return (
        <>
          Rule skipped, since its condition {failedToCompile(step.error) ? 'does not compile' : 'fails'}:{' '}
          <Marked text={step.error.message} />
        </>
      );
    default:
      return 'Not known';
  }
}
