import { expect, test } from 'vitest';
import { callId, fillPolicy, fillRule, ruleId, type Call, type Catalog } from '../engine';
import { traceId } from '../store';
import { AnalysisDesk } from './analysis-desk';
import { LoadedTrace } from './loaded-trace';

const CALLS: readonly Call[] = ['send_message', 'delete_file', 'delete_file'].map((name, i) => ({
  id: callId(`c${i}`),
  agent: { slug: 'codex' },
  tool: { name },
  args: { channel_id: 'C_RANDOM' },
}));
const INFO = {
  id: traceId('t'),
  name: '',
  addedAt: 0,
  format: 'native',
  calls: 0,
  chunks: 0,
  rejects: 0,
  catalog: null,
  info: {},
};
const TRACE = LoadedTrace.of(INFO, CALLS);
const work = { pause: () => Promise.resolve(), stopped: () => false };
const CATALOG: Catalog = {
  resources: [{ slug: 'files', tools: [{ name: 'delete_file' }, { name: 'read_file' }] }],
  agents: [{ slug: 'codex' }, { slug: 'cursor' }],
  instances: [],
  users: [],
  groups: [],
};
const OPEN = fillRule({ id: ruleId('open'), name: 'Open', effect: 'allow', tools: ['*'] });
const DENY = fillRule({ id: ruleId('d'), name: 'No deleting', effect: 'deny', tools: ['delete_*'] });
const GATE = fillRule({
  id: ruleId('g'),
  name: 'Gate',
  effect: 'gated',
  tools: ['send_*'],
  condition: 'request.args.channel_id == "C_GENERAL"',
});
const before = fillPolicy({ rules: [OPEN] });
const after = fillPolicy({ rules: [DENY, GATE, OPEN] });

test('impact holds the draft against the saved policy, over the catalog and the calls', async () => {
  const desk = new AnalysisDesk();
  const impact = await desk.impact({ before, after, catalog: CATALOG }, TRACE, undefined, work);
  expect(impact.catalog).toMatchObject({ total: 4, changed: 2, tools: 1, agents: ['codex', 'cursor'] });
  expect(impact.trace).toMatchObject({
    total: 3,
    changed: 2,
    otherRule: 0,
    groups: [
      {
        tool: 'delete_file',
        before: { kind: 'rule', ruleId: 'open' },
        after: { kind: 'rule', ruleId: 'd' },
        from: 'allow',
        to: 'deny',
        count: 2,
        first: 1,
      },
    ],
    newHazards: { 'gate-passed': 1, 'deny-skipped': 0 },
  });
  expect(impact.trace?.lines.map(({ index, line }) => [index, line.tool])).toEqual([
    [1, 'delete_file'],
    [2, 'delete_file'],
  ]);
  expect(structuredClone(impact)).toEqual(impact);
});

test('what was remembered of one policy or trace is never used for another', async () => {
  const desk = new AnalysisDesk();
  await desk.impact({ before, after, catalog: CATALOG }, TRACE, undefined, work);
  expect(
    (await desk.impact({ before, after, catalog: CATALOG }, LoadedTrace.of(INFO, CALLS.slice(0, 1)), undefined, work))
      .trace?.total,
  ).toBe(1);
  expect((await desk.impact({ before: after, after, catalog: CATALOG }, TRACE, undefined, work)).trace?.changed).toBe(
    0,
  );
  expect((await desk.impact({ before, after, catalog: CATALOG }, undefined, undefined, work)).trace).toBeUndefined();
  expect((await desk.access({ policy: after, catalog: CATALOG, kind: 'agents' }, work)).counts).toEqual({
    allow: 2,
    deny: 2,
    conditional: 0,
  });
  expect((await desk.access({ policy: before, catalog: CATALOG, kind: 'agents' }, work)).counts.allow).toBe(4);
  expect((await desk.explain(after, CALLS[0]!)).conditions).toHaveProperty('g');
});

test('moving a rule: what changes in the trace, and which of the rules that it passes decide otherwise', async () => {
  const desk = new AnalysisDesk();
  const policy = fillPolicy({ rules: [DENY, GATE, OPEN] });
  const move = (id: string, index: number, rules = policy) =>
    desk.move({ policy: rules, id: ruleId(id), index, catalog: CATALOG }, TRACE, undefined, work);
  expect(await move('d', 0)).toMatchObject({ trace: { total: 3, changed: 0 }, clashes: [] });
  // A gate whose condition is false decides nothing, so that it clashes with no call; neither do its tools with those of the other.
  expect(await move('d', 1)).toMatchObject({ trace: { changed: 0 }, clashes: [] });
  const below = await move('d', 2);
  expect(below.trace).toMatchObject({ total: 3, changed: 2, otherRule: 0, matrix: { deny: { allow: 2 } } });
  expect(below.clashes).toEqual([{ ruleId: 'open', calls: 2, tools: 1 }]);
  expect((await move('open', 0)).clashes).toEqual([{ ruleId: 'd', calls: 2, tools: 1 }]);
  // What allows clashes with no gate, unless a false gate denies.
  expect((await move('open', 1)).clashes).toEqual([]);
  const strict = fillPolicy({ rules: [GATE, OPEN], settings: { gatedWhenFalse: 'deny' } });
  expect(await move('open', 0, strict)).toMatchObject({
    trace: { changed: 1, matrix: { deny: { allow: 1 } } },
    clashes: [{ ruleId: 'g', calls: 1, tools: 0 }],
  });
  // A rule that is switched off clashes with none.
  const off = fillPolicy({ rules: [{ ...DENY, status: 'disabled' }, OPEN] });
  expect(await move('d', 1, off)).toMatchObject({ trace: { changed: 0 }, clashes: [] });
  expect(await desk.move({ policy, id: ruleId('d'), index: 2, catalog: CATALOG }, undefined, undefined, work)).toEqual({
    trace: undefined,
    clashes: [{ ruleId: 'open', calls: 0, tools: 1 }],
  });
});
