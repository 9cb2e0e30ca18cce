import { expect, test } from 'vitest';
import { callId, compilePolicy, fillPolicy, type Call, type ConditionAnswer, type RuleId } from '../engine';
import { replayTrace } from './decide-trace';
import { EFFECT_CODES } from './replay-result';
import { chunked, unhurried } from './testkit';
import { triedCondition } from './tried-condition';
import { viewOf, type ViewWanted } from './view';

const FACTS: readonly Omit<Call, 'id'>[] = [
  { time: '2026-11-03T10:00:00Z', args: { amount: 700 }, user: { groups: ['finance'] } },
  { time: '2026-11-03T10:05:00Z', args: { amount: 20 }, user: { groups: ['finance'] } },
  { time: '2026-11-03T10:06:00Z', args: {}, user: { groups: ['finance'] } },
  { time: '2026-11-03T10:10:00Z', args: { amount: 700 } },
  { time: '2026-11-03T10:20:00Z', args: { amount: 700 }, user: null },
  { user: { groups: ['ops'] } },
  { args: { amount: 'much' }, user: { groups: ['finance'] } },
];
const CALLS: readonly Call[] = FACTS.map((facts, i) => ({
  agent: { slug: 'cursor' },
  tool: { name: 'pay' },
  ...facts,
  id: callId(String(i)),
}));
const BIG = 'request.args.amount > 500 && user.groups.exists(g, g == "finance")';

const policyOf = (condition: string | null) =>
  fillPolicy({ rules: [{ id: 'r' as RuleId, name: 'r', effect: 'allow', tools: ['*'], condition }] });

async function view(filter: ViewWanted['filter'], size = 3) {
  const trace = chunked(CALLS, size);
  const results = await replayTrace(await compilePolicy(policyOf(null)), trace, unhurried);
  trace.reads = 0;
  const tried = await triedCondition(filter.condition?.source ?? '', CALLS.length);
  const found =
    results &&
    (await viewOf(trace, results, filter ? { filter } : { filter: {} }, unhurried, () => Promise.resolve(tried)));
  if (found === undefined) throw new Error('it was stopped');
  return { ...found, ids: [...(found.places ?? CALLS.keys())].join(' '), reads: trace.reads };
}

test.each<[ConditionAnswer, string]>([
  ['true', '0'],
  ['false', '1 5'],
  ['error', '2 4 6'],
  ['unknown', '3'],
])('calls for which the condition gives %s: %s', async (gives, ids) => {
  expect(await view({ condition: { source: BIG, gives } })).toMatchObject({
    ids,
    condition: { kind: 'tried', true: 1, false: 2, error: 3, unknown: 1 },
  });
});

test('only calls that pass the rest of the filter are tried and counted; those of another time are not counted', async () => {
  const span = [Date.UTC(2026, 10, 3, 10), Date.UTC(2026, 10, 3, 10, 6)] as const;
  expect(await view({ condition: { source: BIG, gives: 'true' }, time: span })).toMatchObject({
    ids: '0',
    condition: { true: 1, false: 1, error: 0, unknown: 0 },
  });
  expect(await view({ condition: { source: BIG, gives: 'false' }, agent: 'codex' })).toMatchObject({
    ids: '',
    condition: { true: 0, false: 0, error: 0, unknown: 0 },
    reads: 0,
  });
});

test('arguments are read only where the condition asks for them', async () => {
  expect((await view({ condition: { source: BIG, gives: 'true' } })).reads).toBe(3);
  expect(await view({ condition: { source: 'agent.slug == "cursor"', gives: 'true' } })).toMatchObject({
    count: 7,
    reads: 0,
  });
});

test('a condition that does not compile keeps nothing, and says why', async () => {
  expect(await view({ condition: { source: 'request.args.amount >', gives: 'true' } })).toMatchObject({
    count: 0,
    condition: { kind: 'failed', error: { code: 'parse' } },
  });
});

test('a call is tried once, whatever is asked for later, and no more when it is stopped', async () => {
  const trace = chunked(CALLS, 2);
  const results = await replayTrace(await compilePolicy(policyOf(null)), trace, unhurried);
  if (results === undefined) throw new Error('it was stopped');
  const tried = await triedCondition(BIG, CALLS.length);
  const of = () => Promise.resolve(tried);
  const wanted = (gives: ConditionAnswer) => ({ filter: { condition: { source: BIG, gives } } });
  trace.reads = 0;
  let pauses = 0;
  const slow = { pause: () => Promise.resolve(void pauses++), stopped: () => pauses > 1 };
  expect(await viewOf(trace, results, wanted('true'), slow, of)).toBeUndefined();
  expect(trace.reads).toBe(2);
  expect(await viewOf(trace, results, wanted('error'), unhurried, of)).toMatchObject({ count: 3 });
  expect(await viewOf(trace, results, wanted('unknown'), unhurried, of)).toMatchObject({ count: 1 });
  expect(trace.reads).toBe(4);
});

// What a filter says of a call is what a rule with the condition would do with it.
test.each([
  BIG,
  'true',
  'false',
  'has(request.args.amount)',
  'user.groups.size() == 1 || request.args.amount == 700',
  'request.time.getHours() == 10',
  'request.args.amount > 500 ||',
  'tool.annotations.readOnlyHint',
])('%s gives what an allow rule with it decides', async (condition) => {
  const trace = chunked(CALLS, 3);
  const results = await replayTrace(await compilePolicy(policyOf(condition)), trace, unhurried);
  const { compiled } = await triedCondition(condition, CALLS.length);
  const effects = { true: 'allow', false: 'deny', error: 'deny', unknown: 'conditional' } as const;
  const expected = CALLS.map((call) => effects[compiled.ok ? compiled.condition.answerFor(call) : 'error']);
  expect([...(results?.effects ?? [])].map((code) => EFFECT_CODES[code])).toEqual(expected);
});
