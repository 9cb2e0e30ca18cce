import { expect, test } from 'vitest';
import { callId, compilePolicy, fillPolicy, type Call, type RuleId } from '../engine';
import { replayTrace } from './decide-trace';
import { filterTrace, type CallFilter } from './filter';
import type { ReplayResult } from './replay-result';
import { searchJson } from './search';
import { chunked, unhurried } from './testkit';

const rule = (id: string, effect: 'allow' | 'deny' | 'gated', tool: string, condition: string | null = null) => ({
  id: id as RuleId,
  name: `Rule ${id}`,
  effect,
  tools: [tool],
  condition,
});
const POLICY = fillPolicy({
  rules: [
    rule('del', 'deny', 'delete_*'),
    rule('gate', 'gated', 'send_*', 'request.args.channel_id == "C1"'),
    rule('err', 'deny', 'send_*', 'request.args.nothing > 1'),
    ...['send_*', 'delete_*', 'list_*'].map((tool) => rule(`all ${tool}`, 'allow', tool)),
  ],
});
const known = (id: string, name: string, rest: Partial<Call> = {}): Call => ({
  id: callId(id),
  time: `2026-11-03T10:${id.padStart(2, '0')}:00Z`,
  tool: { name },
  args: {},
  agent: { slug: 'cursor', tags: [] },
  instance: null,
  resource: { slug: 'slack', tags: [] },
  user: { id: 'u', email: 'ana@acme.example', groups: [] },
  ...rest,
});
const CALLS: readonly Call[] = [
  known('1', 'delete_file', { recorded: { effect: 'deny', ruleId: 'del' } }),
  known('2', 'send_message', { args: { channel_id: 'C1' } }),
  known('3', 'send_message', { args: { channel_id: 'C2', to: [{ 'Größe "x"': 'a\nb' }] } }),
  known('4', 'list_files', { instance: { id: 'i-1', name: 'Laptop' } }),
  known('5', 'unheard_of', { user: { id: 'v', name: 'Ben Büttner' } }),
  { id: callId('6'), tool: { name: 'send_message' } },
  known('7', 'delete_file', { recorded: { effect: 'allow', ruleId: 'other' } }),
  known('8', 'list_files', { recorded: { effect: 'allow', ruleId: 'other', ruleName: 'Another' } }),
  { id: callId('9'), tool: { name: 'send_message' }, recorded: { effect: 'allow' } },
  known('10', 'list_files', { args: { n: 1e21, list: ['x', 'y'], flag: true } }),
];

async function kept(filter: Omit<CallFilter, 'condition'>, results?: ReplayResult): Promise<string[]> {
  const places = await filterTrace(chunked(CALLS, 3), filter, results, unhurried);
  return [...(places ?? [])].map((i) => CALLS[i]?.id ?? '');
}
const decided = async () => {
  const results = await replayTrace(await compilePolicy(POLICY), chunked(CALLS, 3), unhurried);
  if (results === undefined) throw new Error('it was stopped');
  return results;
};
const minute = (n: number) => Date.UTC(2026, 10, 3, 10, n);

test.each<[CallFilter, string]>([
  [{}, '1 2 3 4 5 6 7 8 9 10'],
  [{ effect: 'conditional' }, '6 9'],
  [{ effect: 'deny', tool: 'delete_file' }, '1 7'],
  [{ rule: 'default' }, '5'],
  [{ rule: 'undecided' }, '6 9'],
  [{ rule: 'gate' as RuleId }, '2'],
  [{ rule: 'not there' as RuleId }, ''],
  [{ hazard: true }, '3'],
  [{ hazard: 'gate-passed' }, '3'],
  [{ recorded: 'diverged' }, '7'],
  [{ recorded: 'other-rule' }, '8'],
  [{ recorded: 'judged' }, '1 7 8'],
  [{ recordedEffect: 'allow' }, '7 8 9'],
  [{ recordedEffect: 'none', tool: 'send_message' }, '2 3 6'],
  [{ agent: { fact: 'unknown' } }, '6 9'],
  [{ instance: { fact: 'absent' }, tool: 'list_files' }, '8 10'],
  [{ instance: 'Laptop' }, '4'],
  [{ instance: 'i-1' }, '4'],
  [{ user: 'v' }, '5'],
  [{ user: 'ana@acme.example', tool: 'list_files', recorded: 'none' }, '4 10'],
  [{ resource: 'github' }, ''],
  [{ time: [minute(2), minute(4)] }, '2 3'],
  [{ text: ' c2 ' }, '3'],
  [{ text: 'GRÖSSE' }, ''],
  [{ text: 'größe "X' }, '3'],
  [{ text: 'a\nb' }, '3'],
  [{ text: 'a\\nb' }, ''],
  [{ text: 'büttner' }, '5'],
  [{ text: 'laptop' }, '4'],
  [{ text: '1e+21' }, '10'],
  [{ text: 'TRUE' }, '10'],
  [{ text: 'args' }, ''],
  [{ text: '.*' }, ''],
  [{ text: '2026-11' }, ''],
])('%j keeps %s', async (filter, ids) => {
  expect((await kept(filter, await decided())).join(' ')).toBe(ids);
});

test('what asks for a decision keeps nothing before there are any', async () => {
  expect(await kept({ effect: 'deny' })).toEqual([]);
  expect(await kept({ tool: 'list_files' })).toHaveLength(3);
});

test('lines are read for a text alone, chunk by chunk, and no more when it is stopped', async () => {
  const trace = chunked(CALLS, 3);
  await filterTrace(trace, { tool: 'list_files' }, undefined, unhurried);
  expect(trace.reads).toBe(0);
  await filterTrace(trace, { tool: 'delete_file', text: 'x' }, undefined, unhurried);
  expect(trace.reads).toBe(2);
  let pauses = 0;
  const stopped = await filterTrace(trace, { text: 'x' }, undefined, {
    pause: () => Promise.resolve(void pauses++),
    stopped: () => pauses === 2,
  });
  expect([stopped, trace.reads]).toEqual([undefined, 4]);
});

test('arguments are searched at any depth, keys and values, but not by places in a list', () => {
  const deep = JSON.parse(`${'{"a":['.repeat(5000)}"needle"${']}'.repeat(5000)}`);
  expect(searchJson(deep, /needle/i)).toBe(true);
  expect(searchJson({ list: ['x', { Amount: 750 }] }, /750/)).toBe(true);
  expect(searchJson({ list: ['x', { Amount: 750 }] }, /amount/i)).toBe(true);
  expect(searchJson({ list: ['x', 'y'] }, /^1$/)).toBe(false);
});
