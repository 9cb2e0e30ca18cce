import { expect, it } from 'vitest';
import type { PolicySuggestion } from '../suggest';
import { openPatternWords, suggestionChecks, tooManyRulesWords } from './suggestion-words';

const checksOf = (opened: number): PolicySuggestion =>
  ({
    checks: {
      ...{ allowed: 1, denied: { total: 0, conditional: 0 }, alsoAllowed: 0 },
      cells: { total: 3, checked: 3, used: 3, opened },
    },
  }) as PolicySuggestion;

it('says of the catalog alone that no other tool is opened, and what patterns open beside it', () => {
  expect(suggestionChecks(checksOf(0))[1]).toBe(
    'of 3 combinations of names with tools of the catalog, 3 were used, and no other of these is opened',
  );
  const rulesOf = (...tools: string[]) => ({ rules: [{ rule: { tools } }] }) as unknown as PolicySuggestion;
  expect(openPatternWords(rulesOf('get_user'))).toBeUndefined();
  expect(openPatternWords(rulesOf('get_*', 'list'))).toBe(
    'tools that the catalog does not list, where `get_*` fits them',
  );
});

it('says what makes rules fewer where they are more than a policy may have', () => {
  expect(tooManyRulesWords(5_000)).toBeUndefined();
  expect(tooManyRulesWords(6_000)).toMatch(/^these are 6,000 rules, and a policy has at most 5,000: separate rules by/);
});
