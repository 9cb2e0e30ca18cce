import { expect, test } from 'vitest';
import { ruleId, type Rule } from '../engine';
import { changesNothing, emptyRule } from './new-rule';

const rule: Rule = { ...emptyRule(ruleId('r1')), name: 'No refunds', tools: ['refund_*'] };
const edit = (part: Partial<Rule>) => ({ rule: { ...rule, ...part }, base: rule, index: null });
const isNew = (part: Partial<Rule>) => ({ rule: { ...emptyRule(ruleId('r2')), ...part }, base: null, index: 0 });

test.each([
  ['an edit of nothing', edit({}), true],
  ['a changed name', edit({ name: 'Refunds' }), false],
  ['an edit of a rule that was deleted meanwhile', { ...edit({}), rule: { ...rule, id: ruleId('gone') } }, false],
  ['a new rule in which nothing is entered', isNew({}), true],
  ['a new rule with a tool', isNew({ tools: ['*'] }), false],
  ['a new rule with another effect', isNew({ effect: 'allow' }), false],
])('whether a draft changes nothing: %s', (_, draft, expected) => {
  expect(changesNothing(draft, [rule])).toBe(expected);
});
