import { expect, test } from 'vitest';
import { callId, compilePolicy, fillPolicy, type Call, type RuleId } from '../engine';
import { replayTrace } from './decide-trace';
import { type TraceOrder } from './order';
import { chunked, unhurried } from './testkit';
import { triedCondition } from './tried-condition';
import { viewOf, type ViewWanted } from './view';

const rule = (id: string, effect: 'allow' | 'deny', tool: string) => ({
  id: id as RuleId,
  name: id,
  effect,
  tools: [tool],
});
const POLICY = fillPolicy({ rules: [rule('no', 'deny', 'delete_*'), rule('yes', 'allow', 'list_*')] });
const minute = (n: number) => Date.UTC(2026, 10, 3, 10, n);
const CALLS: readonly Call[] = (
  [
    [5, 'cursor', 'slack', 'list_files', 'allow'],
    [1, 'codex', 'slack', 'delete_file', 'allow'],
    [undefined, 'cursor', 'github', 'list_files', undefined],
    [9, undefined, 'github', 'list_files', 'deny'],
    [1, null, 'slack', 'unheard_of', undefined],
  ] as const
).map(([at, agent, resource, tool, recorded], i) => ({
  id: callId(String(i)),
  ...(at === undefined ? {} : { time: new Date(minute(at)).toISOString() }),
  ...(agent === undefined ? {} : { agent: agent === null ? null : { slug: agent } }),
  resource: { slug: resource },
  tool: { name: tool },
  ...(recorded === undefined ? {} : { recorded: { effect: recorded } }),
}));

async function view(wanted: ViewWanted) {
  const trace = chunked(CALLS, 2);
  const results = await replayTrace(await compilePolicy(POLICY), trace, unhurried);
  const found =
    results && (await viewOf(trace, results, wanted, unhurried, (source) => triedCondition(source, CALLS.length)));
  if (found === undefined) throw new Error('it was stopped');
  return found;
}

test.each<[TraceOrder['by'], string, string]>([
  ['time', '1 4 0 3 2', '3 0 1 4 2'],
  ['agent', '1 0 2 4 3', '0 2 1 4 3'],
  ['tool', '1 0 2 3 4', '4 0 2 3 1'],
  ['decision', '0 2 3 1 4', '1 4 0 2 3'],
  ['rule', '1 0 2 3 4', '0 2 3 1 4'],
  ['recorded', '0 1 3 2 4', '1 3 0 2 4'],
])('sorted by %s: %s, and the other way round: %s', async (by, rising, falling) => {
  expect((await view({ filter: {}, order: { by, descending: false } })).places?.join(' ')).toBe(rising);
  expect((await view({ filter: {}, order: { by, descending: true } })).places?.join(' ')).toBe(falling);
});

test('all calls in the order of the trace need no list', async () => {
  expect(await view({ filter: {} })).toMatchObject({ places: undefined, count: 5, groups: undefined });
});

test('groups are side by side, each in the order that is asked for', async () => {
  const byTool = await view({ filter: {}, group: 'tool', order: { by: 'time', descending: true } });
  expect(byTool.groups).toEqual([
    { by: { kind: 'tool', resource: 'github', tool: 'list_files' }, count: 2, effects: [2, 0, 0] },
    { by: { kind: 'tool', resource: 'slack', tool: 'list_files' }, count: 1, effects: [1, 0, 0] },
    { by: { kind: 'tool', resource: 'slack', tool: 'delete_file' }, count: 1, effects: [0, 1, 0] },
    { by: { kind: 'tool', resource: 'slack', tool: 'unheard_of' }, count: 1, effects: [0, 1, 0] },
  ]);
  expect(byTool.places?.join(' ')).toBe('3 2 0 1 4');
  const byRule = await view({ filter: {}, group: 'rule' });
  expect(byRule.groups?.map(({ by, count }) => [by, count])).toEqual([
    [{ kind: 'rule', decider: 0 }, 1],
    [{ kind: 'rule', decider: 1 }, 3],
    [{ kind: 'rule', decider: -1 }, 1],
  ]);
});

test('the timeline shows all that passes the filter, also of what lies outside the span that is shown', async () => {
  const { timeline, places } = await view({ filter: { resource: 'slack', time: [minute(1), minute(5)] } });
  expect(places?.join(' ')).toBe('1 4');
  expect(timeline).toMatchObject({ from: minute(1), to: minute(9) + 1, untimed: 0 });
  const counts = [...(timeline?.counts ?? [])];
  expect([counts.slice(0, 3), counts.slice(48 * 3 - 3, 48 * 3), counts.reduce((a, b) => a + b)]).toEqual([
    [0, 2, 0],
    [1, 0, 0],
    3,
  ]);
  expect((await view({ filter: {} })).timeline?.untimed).toBe(1);
});
