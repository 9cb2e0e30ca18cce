import { expect, it } from 'vitest';
import { questionWords } from '.';

it.each([
  [7, false, 3, 'There is no rule 7: the policy has only 3 rules'],
  [2, false, 1, 'There is no rule 2: the policy has only 1 rule'],
  [1, false, 0, 'There is no rule 1: the policy has no rules'],
  [2, true, 3, 'Rule 2 is not active, so it decides nothing'],
  ['7', false, 3, 'The policy has no rule `7`, or several with this name'],
  ['Deny', true, 3, 'The rule `Deny` is not active, so it decides nothing'],
])('the rule %j, inactive: %s, of %i', (rule, inactive, count, words) => {
  expect(questionWords({ kind: 'no-rule', rule, inactive }, count)).toBe(words);
});
