import { expect, test } from 'vitest';
import { ruleId, type DecisionStep } from '../engine';
import { foldSteps } from './fold-steps';

const step = (kind: string, i: number): DecisionStep =>
  ({ ruleId: ruleId(`r${i + 1}`), kind }) as unknown as DecisionStep;

test.each<[string[], string[], string[]]>([
  [[], [], []],
  [['no-pattern'], [], ['1']],
  [['no-pattern', 'no-pattern', 'matched'], [], ['Rules 1 and 2: not for this tool', '3']],
  [
    ['no-pattern', 'scope-mismatch', 'no-pattern', 'condition-false', 'not-active', 'not-reached'],
    [],
    ['Rules 1 to 3: 2 not for this tool, 1 not for this call', '4', 'Rules 5 and 6: 1 not active, 1 not reached'],
  ],
  [['no-pattern', 'no-pattern', 'no-pattern', 'no-pattern'], ['r2'], ['1', '2', 'Rules 3 and 4: not for this tool']],
])('%j, keeping %j', (kinds, keep, expected) => {
  const shown = foldSteps(kinds.map(step), new Set(keep.map(ruleId)));
  expect(shown.map((one) => (one.kind === 'step' ? String(one.index + 1) : one.words))).toEqual(expected);
});
