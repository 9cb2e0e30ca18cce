import { beforeEach, expect, test } from 'vitest';
import { callId, fillPolicy, fillRule, ruleId, type Call, type Policy } from '../engine';
import { SupersededError } from './superseded';
import { answering } from './testkit';

let ask: ReturnType<typeof answering>;

beforeEach(() => {
  ask = answering();
});

const call = (id: string, tool: string): Call => ({
  id: callId(id),
  resource: { slug: 'files' },
  tool: { name: tool },
  args: {},
});
const CALLS = ['send_message', 'delete_file', 'delete_file', 'list_files'].map((tool, i) => call(`c${i}`, tool));
const OPEN = fillRule({ id: ruleId('open'), name: 'Open', effect: 'allow', tools: ['*'] });
const DENY = fillRule({ id: ruleId('d'), name: 'No deleting', effect: 'deny', tools: ['delete_*'] });
const LISTS = fillRule({ id: ruleId('l'), name: 'Lists', effect: 'allow', tools: ['list_*'] });
const before = fillPolicy({ rules: [OPEN] });
const after = fillPolicy({ rules: [DENY, LISTS, OPEN] });
const shown = async (policy: Policy, stamp: number, calls = CALLS) => {
  await ask('openCalls', { name: 'Calls', calls, catalog: undefined });
  await ask('decideAll', { stamp, policy });
};
const rule = (id: string) => ({ kind: 'rule', ruleId: id });

test('the policy that is shown is compared with another one, cell by cell and call by call', async () => {
  await shown(after, 1);
  const compared = await ask('compare', { stamp: 1, baseline: before });
  expect(compared).toEqual({
    stamp: 1,
    total: 4,
    matrix: {
      allow: { allow: 2, deny: 2, conditional: 0 },
      deny: { allow: 0, deny: 0, conditional: 0 },
      conditional: { allow: 0, deny: 0, conditional: 0 },
    },
    changed: 2,
    otherRule: 1,
    shifts: [{ before: 'allow', after: 'deny', by: rule('d'), count: 2 }],
    first: 1,
  });
  const cell = (from: 'allow' | 'deny', to: 'allow' | 'deny') =>
    ask('compareCell', { stamp: 1, baseline: before, from, to });
  expect(await cell('allow', 'deny')).toEqual([
    { resource: 'files', tool: 'delete_file', before: rule('open'), after: rule('d'), indices: Uint32Array.of(1, 2) },
  ]);
  expect((await cell('allow', 'allow')).map(({ tool, before, after }) => [tool, before, after])).toEqual([
    ['send_message', rule('open'), rule('open')],
    ['list_files', rule('open'), rule('l')],
  ]);
  const one = await ask('compareCall', { stamp: 1, baseline: before, index: 2 });
  expect(one).toMatchObject({
    call: CALLS[2],
    before: { effect: 'allow', by: rule('open'), decision: { decidedBy: { ruleId: 'open' } } },
    after: { effect: 'deny', by: rule('d'), decision: { decidedBy: { ruleId: 'd' } } },
  });
  expect(structuredClone(one)).toEqual(one);
});

test('a comparison is never of an earlier policy or trace', async () => {
  await shown(after, 1);
  await expect(ask('compare', { stamp: 2, baseline: before })).rejects.toThrow(SupersededError);
  expect((await ask('compare', { stamp: 1, baseline: after })).changed).toBe(0);
  await ask('openCalls', { name: 'Others', calls: CALLS.slice(0, 1), catalog: undefined });
  await expect(ask('compare', { stamp: 1, baseline: before })).rejects.toThrow(SupersededError);
  await ask('decideAll', { stamp: 2, policy: after });
  expect(await ask('compare', { stamp: 2, baseline: before })).toMatchObject({ total: 1, changed: 0 });
});

test('tests run without a trace, and count for coverage beside it', async () => {
  const tests = CALLS.slice(1, 2).map((one) => ({ name: 't', call: one, expect: { effect: 'allow' as const } }));
  expect(await ask('runTests', { policy: before, tests })).toMatchObject([{ wrong: undefined }]);
  expect(await ask('runTests', { policy: after, tests })).toMatchObject([
    { wrong: 'effect', got: { effect: 'deny', decidedBy: rule('d') } },
  ]);
  const alone = await ask('coverage', { stamp: undefined, policy: after, tests });
  expect(alone).toMatchObject({ trace: undefined, tests: { calls: 1, rules: [{ decided: 1 }, {}, { reached: 0 }] } });
  await shown(after, 3, [...CALLS, ...Array.from({ length: 12_000 }, (_, i) => call(`x${i}`, 'list_files'))]);
  const { trace } = await ask('coverage', { stamp: 3, policy: after, tests });
  expect(trace).toMatchObject({ calls: 12_004, rules: [{ decided: 2 }, { decided: 12_001 }, { decided: 1 }] });
  // Counting pauses, and ends where the policy changes meanwhile.
  await ask('decideAll', { stamp: 4, policy: before });
  const counting = ask('coverage', { stamp: 4, policy: before, tests });
  await ask('decideAll', { stamp: 5, policy: after });
  await expect(counting).rejects.toThrow(SupersededError);
});
