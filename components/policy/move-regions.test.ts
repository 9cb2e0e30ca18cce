import { expect, it } from 'vitest';
import { fillPolicy, ruleId, type Rule } from '@/lib/engine';
import { comparePolicies } from '../../lib/regions';
import { moveRegionWords } from './move-regions';

const policy = fillPolicy({
  rules: [
    { id: ruleId('d'), name: 'No deletes', effect: 'deny', tools: ['delete_*'] },
    { id: ruleId('f'), name: 'Files', effect: 'allow', tools: ['*_file'] },
    { id: ruleId('s'), name: 'Send', effect: 'allow', tools: ['send_*'] },
  ],
});

async function wordsAfter(order: readonly number[]): Promise<readonly string[]> {
  const rules = order.map((at) => policy.rules[at]).filter((rule): rule is Rule => rule !== undefined);
  return moveRegionWords(await comparePolicies(policy, { ...policy, rules }), [policy.rules, rules]);
}

it('names the two rules whose order matters', async () => {
  expect(await wordsAfter([1, 0, 2])).toEqual([
    'more permissive: some calls become allowed, and none is allowed no longer',
    'becomes allowed: before denied by rule 1, `No deletes`, after allowed by rule 1, `Files`',
  ]);
});

it('says where the order does not matter', async () => {
  expect(await wordsAfter([0, 2, 1])).toEqual(['equivalent: both decide every call with the same effect']);
});
