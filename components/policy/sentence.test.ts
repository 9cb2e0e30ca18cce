import { expect, test } from 'vitest';
import { fillRule, ruleId, type WrittenRule } from '@/lib/engine';
import { sentenceText } from './sentence';

const CASES: readonly [Partial<WrittenRule>, string][] = [
  [{ tools: ['*'] }, 'everything'],
  [{ tools: ['delete_*'] }, 'any agent calling delete_* on any resource'],
  [{ tools: ['*'], scope: { resources: ['slack'] } }, 'any agent calling any tool on slack'],
  [
    { tools: ['send_*', 'post_*'], scope: { resources: ['slack', 'tag:chat'], agents: ['claude-code'] } },
    'claude-code calling send_* or post_* on slack or tagged chat',
  ],
  [
    { tools: ['*'], scope: { users: ['ana@acme.example'], groups: ['finance', 'ops'], instances: ['i-7'] } },
    'any agent as i-7 of ana@acme.example in groups finance or ops calling any tool on any resource',
  ],
  [{ tools: ['x'], scope: { groups: ['finance'] } }, 'any agent of group finance calling x on any resource'],
];

test.each(CASES)('%j reads as “%s”', (rule, sentence) => {
  expect(sentenceText(fillRule({ id: ruleId('r'), name: 'r', effect: 'allow', tools: [], ...rule }))).toBe(sentence);
});
