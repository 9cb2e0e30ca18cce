import type { DecidedBy, DecisionEffect, Rule } from '@/lib/engine';
import { deciderWords } from '@/lib/wording';
import { DecisionBadge } from '../ui/effect-mark';
import { Worded } from '../ui/worded';

interface OutcomeWordsProps {
  effect: DecisionEffect;
  by: DecidedBy | undefined;
  rules: readonly Rule[];
}

/** An effect and what decides it, of an expected or an actual decision. */
export function OutcomeWords({ effect, by, rules }: OutcomeWordsProps) {
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <DecisionBadge effect={effect} />
      {by === undefined ? null : <Worded words={deciderWords(by, rules, 'phrase')} />}
    </span>
  );
}
