import { expect, test } from 'vitest';
import type { FactPath } from '@/lib/analysis';
import type { Json } from '@/lib/engine';
import { changesOf, factText, readFact, sampleOf } from './fact-text';

test.each<[FactPath, string, Json]>([
  [['args', 'amount'], '20', 20],
  [['args', 'amount'], '"20"', '20'],
  [['args', 'note'], 'to whom it may concern', 'to whom it may concern'],
  [['args', 'to'], '["a", "b"]', ['a', 'b']],
  [['args'], '{"amount": 20}', { amount: 20 }],
  [['user', 'groups'], 'finance, oncall', ['finance', 'oncall']],
  [['user', 'groups'], '', []],
  [['user', 'email'], ' ada@example.com ', 'ada@example.com'],
  [['agent', 'slug'], '7', '7'],
  [['time'], '2026-03-02T10:00:00Z', '2026-03-02T10:00:00Z'],
  [['tool', 'annotations', 'readOnlyHint'], 'true', true],
])('reads %j from %j', (path, text, value) => {
  expect(readFact(text, path)).toEqual({ ok: true, value });
});

test.each<[FactPath, string, string]>([
  [['args', 'amount'], '', 'a value is missing'],
  [['args', 'amount'], '12345678901234567890', 'this number has more digits than can be kept'],
  [['args'], '[]', 'this is a JSON object, such as `{"amount": 20}`'],
  [['user'], 'ada', 'this is a JSON object, such as `{"amount": 20}`'],
  [['agent', 'slug'], ' ', 'a value is missing'],
  [['time'], 'yesterday', 'a time is written as `2026-03-02T10:00:00Z`'],
  [['time'], '2026-03-02', 'a time is written as `2026-03-02T10:00:00Z`'],
  [['tool', 'annotations', 'readOnlyHint'], 'yes', 'this is `true` or `false`'],
])('of %j refuses %j', (path, text, message) => {
  expect(readFact(text, path)).toEqual({ ok: false, message });
});

test.each<[FactPath, Json]>([
  [['args', 'a'], '20'],
  [['args', 'a'], 20],
  [['args', 'a'], ''],
  [['args', 'a'], ' x'],
  [['args', 'a'], 'plain words'],
  [
    ['args', 'a'],
    ['x', 1],
  ],
  [
    ['user', 'groups'],
    ['finance', 'oncall'],
  ],
  [['agent', 'slug'], 'codex'],
])('writes %j %j so that it is read again', (path, value) => {
  expect(readFact(factText(value, path), path)).toEqual({ ok: true, value });
});

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
