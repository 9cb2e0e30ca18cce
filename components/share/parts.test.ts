import { expect, test } from 'vitest';
import { fillPolicy, ruleId } from '@/lib/engine';
import { PARTS, sharedBundle, type AvailableParts } from './parts';

const POLICY = { name: 'Desk', ...fillPolicy({ rules: [] }) };
const THERE: AvailableParts = {
  description: 'What it is for',
  call: undefined,
  trace: undefined,
  tests: [],
  catalog: {},
  notes: 'Why',
  invariants: ['no agent but `codex` may ever `allow` `delete_*`', 7],
  dismissed: [{ code: 'redundant', ruleId: ruleId('r'), at: '', reason: 'meant' }],
};

test('a bundle with all parts has everything that is kept with a policy', () => {
  const { description, tests, catalog, notes, invariants, dismissed } = sharedBundle(POLICY, new Set(PARTS), THERE);
  expect({ description, tests, catalog, notes, invariants, dismissed }).toEqual({
    description: THERE.description,
    tests: THERE.tests,
    catalog: THERE.catalog,
    notes: THERE.notes,
    invariants: THERE.invariants,
    dismissed: THERE.dismissed,
  });
});

test('what is not chosen stays out, and what is empty is no part', () => {
  expect(Object.keys(sharedBundle(POLICY, new Set(), THERE))).not.toContain('invariants');
  expect(Object.keys(sharedBundle(POLICY, new Set(PARTS), { ...THERE, invariants: [] }))).not.toContain('invariants');
});
