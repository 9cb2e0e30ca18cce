import { describe, expect, it } from 'vitest';
import { fillRule, ruleId, type JsonObject, type Policy } from '../engine';
import type { PolicyEvent } from '../trace';
import { readHistory, rebuiltHistory } from './history';
import { policyAt } from './policy-at';

const RULE = fillRule({ id: ruleId('r'), name: 'Refunds', effect: 'deny', tools: ['create_refund'] });
const NOW: Policy = { rules: [RULE], settings: { gatedWhenFalse: 'continue' } };
const was = (effect: string): JsonObject => ({ ...RULE, scope: { ...RULE.scope }, effect });
const changed = (time: string, change: Partial<PolicyEvent>): PolicyEvent => ({
  time,
  change: 'updated',
  ruleId: 'r',
  ...change,
});
const effectsOf = (policies: readonly { readonly policy: Policy }[]): string[] =>
  policies.map(({ policy }) => policy.rules.map(({ effect }) => effect).join());

describe('the history that a log records', () => {
  it('is the policy before the first change, and after each', () => {
    const { history, gaps } = rebuiltHistory(NOW, [
      changed('2026-03-02T12:00:00Z', { before: was('allow') }),
      changed('2026-03-01T12:00:00Z', { change: 'created' }),
    ]);
    expect([effectsOf(history), gaps]).toEqual([['', 'allow', 'deny'], 0]);
    expect(history.map(({ label }) => label)).toEqual([
      'before 2026-03-01T12:00:00.000Z',
      'since 2026-03-01T12:00:00.000Z',
      'since 2026-03-02T12:00:00.000Z',
    ]);
  });

  it('ends at a change that cannot be taken back', () => {
    const { history, gaps } = rebuiltHistory(NOW, [
      changed('2026-03-01T12:00:00Z', { change: 'created' }),
      changed('2026-03-02T12:00:00Z', {}),
    ]);
    expect([effectsOf(history), gaps]).toEqual([['deny'], 1]);
  });

  it('leaves out the changes of another policy', () => {
    const others: PolicyEvent = {
      time: '2026-03-02T11:00:00Z',
      change: 'deleted',
      policy: 'Marketing',
      ruleId: 'm',
      before: { ...was('deny'), id: 'm', tools: ['*'] },
    };
    const own = changed('2026-03-02T12:00:00Z', { policy: 'Shop', before: was('allow') });
    const { history, gaps } = rebuiltHistory(NOW, [others, own]);
    expect([effectsOf(history), gaps]).toEqual([['allow', 'deny'], 0]);
    expect(policyAt(NOW, [others, own], '2026-03-02T10:00:00Z').policy.rules.map(({ effect }) => effect)).toEqual([
      'allow',
    ]);
    // Where one policy alone is named, it is taken for this one.
    expect(effectsOf(rebuiltHistory(NOW, [others]).history)).toEqual(['deny,deny', 'deny']);
  });

  it('is the policy alone where the log records no change', () => {
    expect(rebuiltHistory(NOW, []).history).toEqual([{ policy: NOW, label: 'the policy' }]);
  });
});

describe('a file of versions', () => {
  const bundle = (effect: string): object => ({
    format: 'policy-bundle',
    version: 1,
    name: 'P',
    readings: { case: 'insensitive' },
    rules: [{ id: 'r', name: 'R', effect, tools: ['*'] }],
  });
  const lines = ['allow', 'deny'].map((effect) => JSON.stringify(bundle(effect)));

  it.each([
    ['one a line', lines.join('\n'), ['allow', 'deny']],
    ['a list', `[${lines.join(',')}]`, ['allow', 'deny']],
    ['one bundle', JSON.stringify(bundle('allow'), null, 2), ['allow']],
    ['nothing', ' \n', []],
  ])('%s', (_, text, effects) => {
    const read = readHistory(text);
    expect(read.ok && effectsOf(read.history)).toEqual(effects);
    if (read.ok)
      for (const { policy } of read.history) expect(policy.settings.readings).toEqual({ case: 'insensitive' });
  });

  it('names the version that is not valid', () => {
    expect(readHistory(`${lines[0] ?? ''}\n{"format":"policy-bundle"}`)).toMatchObject({ ok: false, version: 2 });
  });
});
