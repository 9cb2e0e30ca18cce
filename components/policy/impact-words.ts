import type { DecisionEffect } from '@/lib/engine';
import type { TraceComparison } from '@/lib/trace';
import { EFFECT_WORDS } from '@/lib/wording';
import { number } from '../ui/words';

const EFFECTS: readonly DecisionEffect[] = ['allow', 'deny', 'conditional'];

type ImpactMatrix = TraceComparison['matrix'];

/** Numbers of calls with each effect, before and after. */
export const totalsOf = (matrix: ImpactMatrix) =>
  EFFECTS.map((effect) => ({
    effect,
    before: EFFECTS.reduce((sum, other) => sum + matrix[effect][other], 0),
    after: EFFECTS.reduce((sum, other) => sum + matrix[other][effect], 0),
  }));

/** "8 from allowed to denied, 2 from allowed to conditional": the most first. */
export function shiftWords(matrix: ImpactMatrix): string {
  return EFFECTS.flatMap((from) =>
    EFFECTS.filter((to) => to !== from && matrix[from][to] > 0).map((to) => ({ from, to, count: matrix[from][to] })),
  )
    .sort((a, b) => b.count - a.count)
    .map(({ from, to, count }) => `${number(count)} from ${EFFECT_WORDS[from]} to ${EFFECT_WORDS[to]}`)
    .join(', ');
}
