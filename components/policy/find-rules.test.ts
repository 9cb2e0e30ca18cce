import { expect, test } from 'vitest';
import { fillRule, ruleId, type WrittenRule } from '@/lib/engine';
import { findRules } from './find-rules';

const WRITTEN: readonly Partial<WrittenRule>[] = [
  { name: 'No deleting', effect: 'deny', tools: ['delete_*'] },
  {
    name: 'Only #general',
    effect: 'gated',
    tools: ['send_message'],
    scope: { resources: ['slack'], groups: ['Finance'] },
    condition: 'request.args.channel_id == "C_GENERAL"',
  },
  { name: 'Chat for all', effect: 'allow', tools: ['*'], scope: { resources: ['tag:chat'] }, status: 'disabled' },
];
const RULES = WRITTEN.map((rule, i) =>
  fillRule({ id: ruleId(`r${i}`), name: '', effect: 'allow', tools: ['*'], ...rule }),
);

const CASES: readonly [string, readonly string[]][] = [
  ['', ['No deleting', 'Only #general', 'Chat for all']],
  ['  ', ['No deleting', 'Only #general', 'Chat for all']],
  ['DELETE', ['No deleting']],
  ['finance', ['Only #general']],
  ['c_general gated', ['Only #general']],
  ['gated delete', []],
  ['tag:chat', ['Chat for all']],
  ['tagged chat', ['Chat for all']],
  ['disabled', ['Chat for all']],
  ['any agent', ['No deleting', 'Only #general', 'Chat for all']],
];

test.each(CASES)('`%s` is found in %j', (text, names) => {
  expect(findRules(RULES, text).map(({ name }) => name)).toEqual(names);
});
