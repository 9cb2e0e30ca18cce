import { expect, test } from 'vitest';
import { foldedPanes, readSizes, sizeAfterKey, sizeVariables, snapped } from './pane-sizes';

test.each([
  ['nothing', null, {}],
  ['sizes', '{"policy":30,"explanation":0}', { policy: 30, explanation: 0 }],
  ['damage', '{"policy":', {}],
  ['sizes that are none', '{"policy":"30","explanation":170}', {}],
  ['another value', '7', {}],
  ['a size that no edge can have', '{"policy":3}', { policy: 0 }],
])('what was stored is read as far as it is valid: %s', (_, text, expected) => {
  expect(readSizes(text)).toEqual(expected);
});

test('a pane is folded near its edge; the trace by width alone', () => {
  expect([snapped('policy', 5), snapped('policy', 97), snapped('explanation', 97)]).toEqual([0, 100, 88]);
  expect(foldedPanes({ policy: 100, explanation: 0 })).toEqual(['trace', 'explanation']);
  expect(foldedPanes({ policy: 40 })).toEqual([]);
});

test.each([
  ['policy', 40, 'ArrowRight', 44],
  ['policy', 14, 'ArrowLeft', 0],
  ['policy', 0, 'ArrowRight', 12],
  ['policy', 100, 'ArrowLeft', 88],
  ['policy', 40, 'End', 100],
  ['explanation', 38, 'ArrowUp', 42],
  ['explanation', 38, 'Enter', 0],
  ['explanation', 0, 'Enter', 38],
  ['explanation', 38, 'a', undefined],
] as const)('the edge of %s at %s, by %s', (pane, size, key, expected) => {
  expect(sizeAfterKey(pane, size, key)).toBe(expected);
});

test('sizes are variables of the grid', () => {
  expect(sizeVariables({ policy: 25 })).toEqual({ '--policy-column': 'minmax(0, 25%)' });
});
