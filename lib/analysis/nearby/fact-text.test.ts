import { expect, test } from 'vitest';
import type { Json } from '../../engine';
import type { FactPath } from './fact';
import { factText, readFact } from './fact-text';

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
