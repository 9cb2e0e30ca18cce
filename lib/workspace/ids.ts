import { ruleId, type RuleId } from '../engine';
import { policyId, versionId, type PolicyId, type VersionId } from '../store';

/** From 0 up to, not including, 1. */
export type RandomSource = () => number;

/** Without vowels, so that an id spells no word, and without look-alikes. */
const LETTERS = '23456789bcdfghjkmnpqrstvwxz';

const some = (random: RandomSource, length: number): string =>
  Array.from({ length }, () => LETTERS[Math.floor(random() * LETTERS.length)] ?? '2').join('');

/** Short, since rules travel in links; never one that is `taken`, drafts included. */
export function newRuleId(random: RandomSource, taken: ReadonlySet<string>): RuleId {
  // Longer with every try: also a source of randomness that is stuck comes to an end.
  for (let length = 6; ; length++) {
    const id = `r-${some(random, length)}`;
    if (!taken.has(id)) return ruleId(id);
  }
}

export const newPolicyId = (random: RandomSource): PolicyId => policyId(`p-${some(random, 12)}`);
export const newVersionId = (random: RandomSource): VersionId => versionId(`v-${some(random, 12)}`);
