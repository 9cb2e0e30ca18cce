import { expect, test } from 'vitest';
import { fillRule, ruleId, validateRule, type WrittenRule } from '@/lib/engine';
import { finished, skippedBecause } from './finish-rule';
import { suggestedName } from './suggested-name';

const rule = (part: Partial<WrittenRule>) =>
  fillRule({ id: ruleId('r'), name: '', effect: 'deny', tools: ['delete_*'], ...part });

const NAMES: readonly [Partial<WrittenRule>, string][] = [
  [{}, 'Deny delete_*'],
  [{ tools: [] }, 'Deny nothing'],
  [{ effect: 'allow', tools: ['*'] }, 'Allow everything'],
  [{ effect: 'allow', tools: ['*'], scope: { resources: ['tag:chat'] } }, 'Allow all tools on chat'],
  [
    { effect: 'gated', tools: ['a', 'b', 'c'], scope: { resources: ['slack', 'mail'], groups: ['finance'] } },
    'Gated a, b and more on slack and mail for finance',
  ],
  [{ tools: ['x'.repeat(100)] }, `Deny ${'x'.repeat(66)}…`],
];

test.each(NAMES)('%j is called “%s”', (part, name) => {
  expect(suggestedName(rule(part))).toBe(name);
});

test('a rule without a name is saved under the suggested one', () => {
  expect(finished(rule({ name: '  ' }))).toEqual(rule({ name: 'Deny delete_*' }));
});

test('a finished rule stays the same object', () => {
  const done = rule({ name: 'Mine', effect: 'gated', condition: 'true' });
  expect(finished(done)).toBe(done);
});

test('a gate with a blank condition has none, and is refused', () => {
  const gate = finished(rule({ name: 'Mine', effect: 'gated', condition: ' \n' }));
  expect(gate.condition).toBe(null);
  expect(validateRule(gate).map(({ code }) => code)).toEqual(['gated-without-condition']);
});

test('another rule keeps a blank condition: without it, it would match more calls', () => {
  expect(finished(rule({ name: 'Mine', condition: '' })).condition).toBe('');
});

test('an active rule is skipped where its condition does not compile, and one that is not active is not', () => {
  expect(skippedBecause(rule({ condition: 'request.args.amount >' }))).toBeDefined();
  expect(skippedBecause(rule({ condition: '' }))).toBeDefined();
  expect(skippedBecause(rule({ condition: 'request.args.amount > 5.0' }))).toBeUndefined();
  expect(skippedBecause(rule({ condition: null }))).toBeUndefined();
  expect(skippedBecause(rule({ condition: 'request.args.amount >', status: 'draft' }))).toBeUndefined();
});
