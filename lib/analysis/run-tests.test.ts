import { describe, expect, test } from 'vitest';
import type { BundleTest } from '../bundle';
import { callId, compilePolicy, fillPolicy, fillRule, ruleId, type DecidedBy } from '../engine';
import { expectationOf, freeTestName, runTests, testName } from '.';

const POLICY = fillPolicy({
  rules: [
    fillRule({ id: ruleId('cancel'), name: 'No cancelling', effect: 'deny', tools: ['cancel_*'] }),
    fillRule({
      id: ruleId('gate'),
      name: 'Gate',
      effect: 'gated',
      tools: ['send_*'],
      condition: 'request.args.to == "C1"',
    }),
    fillRule({ id: ruleId('rest'), name: 'Rest', effect: 'allow', tools: ['*'] }),
  ],
});
const one = (tool: string, expect: BundleTest['expect'], args?: BundleTest['call']['args']): BundleTest => ({
  name: '',
  call: { id: callId('c'), tool: { name: tool }, ...(args === undefined ? {} : { args }) },
  expect,
});
const by = (id: string): DecidedBy => ({ kind: 'rule', ruleId: ruleId(id) });
const undecided = (rest: object) => ({ kind: 'undecided', ...rest }) as DecidedBy;

describe('a test', () => {
  test.each<[string, BundleTest, 'effect' | 'decider' | undefined]>([
    ['of the effect alone', one('cancel_x', { effect: 'deny' }), undefined],
    ['of another effect', one('cancel_x', { effect: 'allow' }), 'effect'],
    ['of the rule too', one('cancel_x', { effect: 'deny', decidedBy: by('cancel') }), undefined],
    ['of another rule', one('cancel_x', { effect: 'deny', decidedBy: by('rest') }), 'decider'],
    ['of both wrong says the graver', one('cancel_x', { effect: 'allow', decidedBy: by('rest') }), 'effect'],
    ['of the gate, which decides nothing', one('send_x', { effect: 'allow', decidedBy: by('gate') }, {}), 'decider'],
    ['of what is not known', one('send_x', { effect: 'allow', decidedBy: undecided({}) }), undefined],
    [
      'of which rules may decide',
      one('send_x', { effect: 'allow', decidedBy: undecided({ ruleIds: ['gate', 'rest'], default: false }) }),
      undefined,
    ],
    ['of others', one('send_x', { effect: 'allow', decidedBy: undecided({ ruleIds: ['gate'] }) }), 'decider'],
  ])('%s', async (_what, test, wrong) => {
    const compiled = await compilePolicy(POLICY);
    const [outcome] = runTests(compiled, [test]);
    expect(outcome?.wrong).toBe(wrong);
    // What was got, taken as the expectation, passes.
    if (outcome === undefined) throw new Error('no outcome');
    for (const withDecider of [true, false]) {
      const accepted = { ...test, expect: expectationOf(outcome.got, withDecider) };
      expect(runTests(compiled, [accepted])[0]?.wrong).toBeUndefined();
    }
  });

  test('has a name, whatever it was given', () => {
    const named = { ...one('cancel_x', { effect: 'deny' }), name: 'cancel' };
    expect(testName(named)).toBe('cancel');
    expect(testName({ ...named, name: '' })).toBe('cancel_x');
    expect(testName({ ...named, name: '', call: { id: callId('c9'), tool: null } })).toBe('c9');
    expect(freeTestName('cancel', [])).toBe('cancel');
    expect(freeTestName('cancel', [named, { ...named, name: 'cancel (2)' }])).toBe('cancel (3)');
  });
});
