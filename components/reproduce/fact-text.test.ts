import { expect, test } from 'vitest';
import type { FactPath } from '@/lib/analysis';
import { changesOf, sampleOf } from './fact-text';

test('a class has a value of its own as its sample', () => {
  const range = (least: number | null, most: number | null, open: readonly ('least' | 'most')[] = []) =>
    sampleOf({ kind: 'range', least, most, open });
  expect([
    range(null, 500),
    range(500, null, ['least']),
    range(null, 500, ['most']),
    range(1, 2, ['least', 'most']),
    range(7, 7),
    range(null, null),
  ]).toEqual([500, 501, 499, 1.5, 7, -1]);
  expect(sampleOf({ kind: 'values', values: ['a', 'b'] })).toBe('a');
  expect(sampleOf({ kind: 'absent' })).toBeUndefined();
});

test('what is not known changes nothing, and a problem is given at its position', () => {
  const amount: FactPath = ['args', 'amount'];
  const slug: FactPath = ['agent', 'slug'];
  expect(
    changesOf([
      { path: amount, is: 'unknown', text: '7' },
      { path: slug, is: 'absent', text: 'codex' },
    ]),
  ).toEqual({ ok: true, changes: [{ path: slug, from: { kind: 'unknown' }, to: { kind: 'absent' } }] });
  expect(
    changesOf([
      { path: amount, is: 'value', text: '7' },
      { path: slug, is: 'value', text: '' },
    ]),
  ).toEqual({ ok: false, problems: [undefined, 'a value is missing'] });
});
