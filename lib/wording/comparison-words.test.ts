import { expect, test } from 'vitest';
import { ruleId, type DecisionEffect } from '../engine';
import type { EffectShift } from '../trace';
import { comparisonSentence, otherRuleSentence } from '.';

const shift = (before: DecisionEffect, after: DecisionEffect, by: string, count: number): EffectShift => ({
  before,
  after,
  by: by === 'default' || by === 'undecided' ? { kind: by } : { kind: 'rule', ruleId: ruleId(by) },
  count,
});
const said = (total: number, otherRule: number, ...shifts: EffectShift[]) =>
  comparisonSentence(
    { total, changed: shifts.reduce((sum, { count }) => sum + count, 0), otherRule, shifts },
    (id) => `rule ${id}`,
  );

test.each<[string, string]>([
  [said(254, 3), 'none of 254 calls changes'],
  [said(1, 0), 'the call does not change'],
  [said(254, 0, shift('allow', 'deny', 'a', 1)), '1 of 254 calls changes: 1 newly denied by `rule a`'],
  [
    said(254, 0, shift('allow', 'deny', 'a', 7), shift('deny', 'allow', 'b', 3), shift('conditional', 'deny', 'a', 2)),
    '12 of 254 calls change: 9 newly denied by `rule a`, 3 newly allowed by `rule b`',
  ],
  [
    said(
      12_345,
      0,
      shift('allow', 'deny', 'default', 1_200),
      shift('allow', 'conditional', 'undecided', 30),
      shift('deny', 'allow', 'b', 3),
      shift('deny', 'allow', 'c', 2),
      shift('deny', 'allow', 'd', 1),
    ),
    '1,236 of 12,345 calls change: 1,200 newly denied because no rule matches, ' +
      '30 newly conditional by a rule that cannot be known, 3 newly allowed by `rule b`, 3 in other ways',
  ],
])('%s', (sentence, expected) => {
  expect(sentence).toBe(expected);
});

test('calls with the same effect by another rule are a sentence of their own', () => {
  expect([0, 1, 1_000].map(otherRuleSentence)).toEqual([
    undefined,
    '1 call keeps its effect by another rule',
    '1,000 calls keep their effect by another rule',
  ]);
});
