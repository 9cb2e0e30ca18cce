import { DECIDED_BY_DEFAULT, UNDECIDED } from '@/lib/trace';
import type { Replayed } from '@/lib/worker';

/** Who decided the call at this place: in short for a column, in words for a hint. */
export function deciderOf(results: Replayed, index: number): { short: string; words: string } {
  const decider = results.deciders[index];
  if (decider === undefined || decider === UNDECIDED) return { short: '?', words: 'which rule decides is not certain' };
  if (decider === DECIDED_BY_DEFAULT) return { short: '–', words: 'no rule matched' };
  return { short: `${decider + 1}`, words: `by rule ${decider + 1}` };
}
