import type { DecisionEffect } from '@/lib/engine';
import { DECIDED_BY_DEFAULT, EFFECT_CODES, RECORDED_CODES, UNDECIDED, type RecordedVerdict } from '@/lib/trace';
import type { Replayed } from '@/lib/worker';

/** The decision on one call. */
export interface CallDecision {
  readonly effect: DecisionEffect;
  /** The rule's index in the policy, or one of the codes for no rule. */
  readonly decider: number;
  /** Bits of `HAZARD_BITS`. */
  readonly hazards: number;
  readonly recorded: RecordedVerdict;
}

const known = new Map<number, CallDecision>();

/** The decision on the call at this index: equal decisions are the same object. */
export function decisionOf(results: Replayed, index: number): CallDecision {
  const effect = results.effects[index] ?? 2;
  const hazards = results.hazards[index] ?? 0;
  const recorded = results.recorded[index] ?? 0;
  const decider = results.deciders[index] ?? UNDECIDED;
  const key = ((decider * 256 + hazards) * 8 + recorded) * 4 + effect;
  const found = known.get(key);
  if (found !== undefined) return found;
  const decision = {
    effect: EFFECT_CODES[effect] ?? 'conditional',
    decider,
    hazards,
    recorded: RECORDED_CODES[recorded] ?? 'none',
  };
  known.set(key, decision);
  return decision;
}

/** What decided a call: short for a column, in words for a tooltip. */
export function deciderOf(decider: number): { short: string; words: string } {
  if (decider === UNDECIDED) return { short: '?', words: 'which rule decides is not certain' };
  if (decider === DECIDED_BY_DEFAULT) return { short: '–', words: 'no rule matched' };
  return { short: `${decider + 1}`, words: `by rule ${decider + 1}` };
}
