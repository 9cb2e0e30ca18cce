import type { CauseKind, DivergenceCause } from '../cause';
import type { Divergence } from '../divergence';
import { erringCondition } from './condition-error';
import { otherFact } from './fact';
import { inactiveRule } from './inactive-rule';
import { policyChanged } from './policy-changed';
import { otherReading } from './reading';
import { ruleOrder } from './rule-order';

/** Every kind of cause, and how it is looked for: one file each, and one line here. */
const FINDERS: Readonly<Record<CauseKind, (divergence: Divergence) => Promise<readonly DivergenceCause[]>>> = {
  'policy-changed': policyChanged,
  fact: otherFact,
  'condition-error': erringCondition,
  'inactive-rule': inactiveRule,
  reading: otherReading,
  'rule-order': ruleOrder,
};

/** Causes given out for one call. */
export const MOST_CAUSES = 8;

/** What explains a divergence, ranked by how little has to be assumed. Empty where nothing was found, which proves nothing. */
export async function causesOf(divergence: Divergence): Promise<readonly DivergenceCause[]> {
  const found: DivergenceCause[] = [];
  for (const find of Object.values(FINDERS)) found.push(...(await find(divergence)));
  return found.sort((a, b) => a.assumed - b.assumed).slice(0, MOST_CAUSES);
}
