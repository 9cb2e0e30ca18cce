import { describe, expect, test } from 'vitest';
import { fillRule, ruleId } from '@/lib/engine';
import { deciderChoices, readTest, valueOf } from './read-test';

describe('a test written by hand', () => {
  test('is a call without an id, or with one', () => {
    expect(readTest('t', '{"tool":{"name":"x"}}', { effect: 'deny' })).toEqual({
      ok: true,
      test: { name: 't', call: { id: 'by-hand', tool: { name: 'x' } }, expect: { effect: 'deny' } },
    });
    expect(readTest('', '{"id":"c","args":null}', { effect: 'allow' })).toMatchObject({
      ok: true,
      test: { call: { id: 'c', args: null } },
    });
  });

  test.each([
    ['{', /^this is not JSON: /],
    ['[]', /./],
    ['{"tool":"x"}', /^\/tool: /],
    ['{"time":"noon"}', /^\/time: /],
  ])('%s is none', (call, message) => {
    const read = readTest('t', call, { effect: 'deny' });
    expect(read.ok ? [] : read.messages).toEqual([expect.stringMatching(message)]);
  });
});

test('what shall decide is chosen among the rules that can', () => {
  const rules = (['allow', 'deny', 'gated'] as const).map((effect) =>
    fillRule({ id: ruleId(effect), name: effect, effect, tools: ['*'], condition: 'true' }),
  );
  const values = (effect: 'allow' | 'deny' | 'conditional') =>
    deciderChoices(rules, effect, undefined).map(({ value }) => value);
  expect(values('allow')).toEqual(['any', 'rule allow', 'rule gated']);
  expect(values('deny')).toEqual(['any', 'rule deny', 'gate gated', 'default']);
  expect(values('conditional')).toEqual(['any']);
  const gone = { kind: 'rule', ruleId: ruleId('gone') } as const;
  const choices = deciderChoices(rules, 'allow', gone);
  expect(choices.at(-1)).toEqual({ value: 'rule gone', label: 'A rule that is no longer here', by: gone });
  for (const { value, by } of choices) expect(valueOf(by)).toBe(value);
});
