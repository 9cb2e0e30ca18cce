import { expect, test } from 'vitest';
import { fillRule, ruleId, type WrittenRule } from '@/lib/engine';
import { sentenceText, slotsOf } from './sentence';

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
  [{ tools: [] }, 'any agent calling no tool on any resource'],
  [{ tools: ['tag:x'] }, 'any agent calling tag:x on any resource'],
  [{ tools: ['x'], scope: { groups: ['finance'] } }, 'any agent of group finance calling x on any resource'],
];

const rule = (part: Partial<WrittenRule>) =>
  fillRule({ id: ruleId('r'), name: 'r', effect: 'allow', tools: [], ...part });

test.each(CASES)('%j reads as “%s”', (part, sentence) => {
  expect(sentenceText(rule(part))).toBe(sentence);
});

test('the editor shows every slot of the sentence, also those that were left open', () => {
  const said = (part: Partial<WrittenRule>) =>
    slotsOf(rule(part))
      .map(({ before, values, any }) => `${before} [${values.join(', ') || any}]`.trim())
      .join(' ');
  expect(said({ tools: ['*'] })).toBe(
    '[any agent] as [any instance] of [any user] in [any group] calling [any tool] on [any resource]',
  );
  expect(said({ tools: ['send_*', 'post_*'], scope: { groups: ['finance'], resources: ['tag:chat'] } })).toBe(
    '[any agent] as [any instance] of [any user] in group [finance] calling [send_*, post_*] on [tag:chat]',
  );
});
