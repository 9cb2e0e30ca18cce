import { expect, test } from 'vitest';
import { bundleOf, type Bundle } from '../bundle';
import { callId } from '../engine';
import type { PolicyContent } from '../store';
import { bundleOfContent, replacedByBundle } from './bundle-content';
import { aRule } from './testkit';

const aTest = (name: string) => ({ name, call: { id: callId(name) }, expect: { effect: 'deny' as const } });

const PRESENT: PolicyContent = {
  name: 'Support desk',
  description: 'Ours',
  rules: [aRule('a')],
  settings: { gatedWhenFalse: 'continue' },
  notes: 'why',
  catalog: { resources: [{ slug: 'slack', tools: [{ name: 'send_message' }] }] },
  tests: [aTest('one'), aTest('two'), aTest('three')],
  extra: { 'x-owner': 'security' },
};
const rulesOnly: Bundle = bundleOf('From a colleague', { rules: [aRule('b')], settings: PRESENT.settings }, {});

test('a bundle of rules alone replaces the rules, and keeps tests, catalog, notes, description and unknown members', () => {
  const { content, kept, lost } = replacedByBundle(PRESENT, rulesOnly);
  expect(content).toEqual({ ...PRESENT, name: 'From a colleague', rules: [aRule('b')] });
  expect(kept).toEqual(['tests', 'catalog', 'notes', 'description', 'extra']);
  expect(lost).toEqual([]);
});

test('what the bundle carries replaces what is there, and only what differs is lost', () => {
  const tests = [aTest('four')];
  const { content, kept, lost } = replacedByBundle(PRESENT, { ...bundleOfContent(PRESENT), tests });
  expect(content).toEqual({ ...PRESENT, tests });
  expect(kept).toEqual([]);
  expect(lost).toEqual(['tests']);
});

test('empty parts of a bundle carry nothing', () => {
  const empty: Bundle = { ...rulesOnly, tests: [], notes: '', catalog: { resources: [], users: [] } };
  const { content, lost } = replacedByBundle(PRESENT, empty);
  expect(content).toMatchObject({ tests: PRESENT.tests, notes: 'why', catalog: PRESENT.catalog });
  expect(lost).toEqual([]);
});

test('where nothing was kept, nothing is said to be', () => {
  const bare: PolicyContent = { name: 'New', description: '', rules: [], settings: PRESENT.settings };
  const { content, kept, lost } = replacedByBundle(bare, { ...rulesOnly, tests: [aTest('x')] });
  expect(content.tests).toEqual([aTest('x')]);
  expect([kept, lost]).toEqual([[], []]);
});
