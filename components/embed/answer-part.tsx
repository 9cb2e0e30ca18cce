'use client';
import { TriangleAlert } from 'lucide-react';
import type { Reasons } from '@/lib/analysis';
import type { GatewayProfile, Rule } from '@/lib/engine';
import { answerWords, hazardWords, sentence } from '@/lib/wording';
import { StepList } from '../explain/step-list';
import { DecisionIcon } from '../ui/effect-mark';
import { ProfileNote } from '../ui/profile-note';
import { Worded } from '../ui/worded';

interface AnswerPartProps {
  /** Undefined until the engine has answered. */
  reasons: Reasons | undefined;
  rules: readonly Rule[];
  /** Whether the answer is for an earlier state. */
  stale: boolean;
  /** Whether each rule's step is listed. */
  steps: boolean;
  /** The profile of the gateway that the policy is decided by. */
  readings: GatewayProfile | undefined;
}

/** The decision on a call in a sentence, with its hazards and, where asked, each rule's step. */
export function AnswerPart({ reasons, rules, stale, steps, readings }: AnswerPartProps) {
  if (reasons === undefined) {
    return (
      <p role="status" className="min-h-6 text-sm text-ink-2">
        Deciding…
      </p>
    );
  }
  const { decision } = reasons;
  return (
    <div className="space-y-2" aria-busy={stale}>
      <p role="status" data-testid="answer" className="flex items-start gap-2 text-base leading-6 font-medium">
        <DecisionIcon effect={decision.effect} />
        <span className="min-w-0 break-words">
          <Worded words={answerWords(reasons, rules)} />
        </span>
      </p>
      {decision.hazards.map((hazard, i) => (
        <p key={i} className="flex items-start gap-1.5 rounded-md bg-gated-soft px-2 py-1.5 text-sm text-gated">
          <TriangleAlert size={14} className="mt-0.5 shrink-0" aria-hidden />
          <span className="min-w-0 break-words">
            <Worded words={sentence(hazardWords(hazard, decision, rules))} />
          </span>
        </p>
      ))}
      <ProfileNote readings={readings} />
      {steps ? <StepList reasons={reasons} rules={rules} /> : null}
    </div>
  );
}
