import { expect, test } from 'vitest';
import { callId } from '../engine';
import type { BundleTest } from '../bundle';
import { applyCommand } from './apply';
import type { PolicyCommand } from './command';
import { aPolicy } from './testkit';
import type { TestChange } from './test-changes';

const T: BundleTest = { name: 't', call: { id: callId('c'), tool: { name: 'send' } }, expect: { effect: 'deny' } };
const U: BundleTest = { ...T, name: '' };
const base = { ...aPolicy(), tests: [T, U, T] };
const changed = (...changes: TestChange[]): PolicyCommand => ({ kind: 'change-tests', changes });

test.each<[string, TestChange[], readonly BundleTest[] | undefined]>([
  ['add the test `t`', [{ was: null, now: T }], [T, U, T, T]],
  ['delete the test `send`', [{ was: U, now: null }], [T, T]],
  ['rename the test `send` to `u`', [{ was: U, now: { ...U, name: 'u' } }], [T, { ...U, name: 'u' }, T]],
  [
    'change what the test `send` expects',
    [{ was: { ...U }, now: { ...U, expect: { effect: 'allow' } } }],
    [T, { ...U, expect: { effect: 'allow' } }, T],
  ],
  [
    'change the test `send`',
    [{ was: U, now: { ...U, call: { id: callId('d') } } }],
    [T, { ...U, call: { id: callId('d') } }, T],
  ],
  ['change 3 tests', [T, U, T].map((was) => ({ was, now: null })), undefined],
])('%s', (label, changes, tests) => {
  const applied = applyCommand(base, changed(...changes));
  expect(applied).toMatchObject({ kind: 'applied', label });
  if (applied.kind === 'applied') expect(applied.content.tests).toEqual(tests);
});

test('a test that another tab has changed is not changed again', () => {
  const gone = { ...T, name: 'gone' };
  expect(applyCommand(base, changed({ was: null, now: T }, { was: gone, now: null }))).toEqual({
    kind: 'refused',
    problems: [{ code: 'no-such-test', pointer: '/tests', message: 'the test is not there (any more)' }],
  });
  expect(applyCommand(base, changed({ was: T, now: T })).kind).toBe('unchanged');
});
