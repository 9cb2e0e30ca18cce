import { beforeEach, expect, test } from 'vitest';
import type { FactSettings } from '../analysis';
import type { TraceId } from '../store';
import { callId, fillRule, ruleId, type Policy } from '../engine';
import type { FieldMapping } from '../trace';
import { SupersededError } from './superseded';
import { answering, fileOf } from './testkit';

let ask: ReturnType<typeof answering>;

beforeEach(() => {
  ask = answering();
});

const CALLS = [
  { id: 'a', agent: { slug: 'cursor' }, tool: { name: 'send_message' }, args: { channel_id: 'C_GENERAL' } },
  { id: 'b', agent: { slug: 'cursor' }, tool: { name: 'send_message' }, args: { channel_id: 'C_RANDOM' } },
  { id: 'c', agent: { slug: 'codex' }, tool: { name: 'delete_file' }, args: {} },
];
const POLICY: Policy = {
  rules: [
    fillRule({ id: ruleId('d'), name: 'No deleting', effect: 'deny', tools: ['delete_*'] }),
    fillRule({
      id: ruleId('g'),
      name: 'Gate',
      effect: 'gated',
      tools: ['send_*'],
      condition: 'request.args.channel_id == "C_GENERAL"',
    }),
  ],
  settings: { gatedWhenFalse: 'continue' },
};

async function imported() {
  await ask('importFile', { source: fileOf(...CALLS), name: 'day.ndjson', options: {} });
  const info = await ask('takeImport', { name: 'A day', catalog: undefined });
  return ask('openTrace', { traceId: info.id });
}

test('an import is looked at first, and stored only when it is taken', async () => {
  const preview = await ask('importFile', { source: fileOf(...CALLS, 'not json'), name: 'day.ndjson', options: {} });
  expect(preview).toMatchObject({ suggestedName: 'day', outcome: 'done', summary: { calls: 3, rejects: 1 } });
  expect(preview.lacking).toEqual(['user.email', 'resource.slug']);
  expect(preview.rejects[0]).toMatchObject({ line: 4 });
  expect(await ask('listTraces', undefined)).toEqual([]);
  await ask('takeImport', { name: 'A day', catalog: undefined });
  expect(await ask('listTraces', undefined)).toMatchObject([{ name: 'A day', calls: 3, rejects: 1 }]);
});

test('a dropped or cancelled import leaves nothing behind', async () => {
  await ask('importFile', { source: fileOf(...CALLS), name: 'x', options: {} });
  await ask('dropImport', undefined);
  await expect(ask('takeImport', { name: 'x', catalog: undefined })).rejects.toThrow('no import');
  const cancel = new AbortController();
  cancel.abort();
  expect((await ask('importFile', { source: fileOf(...CALLS), name: 'x', options: {} }, cancel.signal)).outcome).toBe(
    'cancelled',
  );
  await expect(ask('takeImport', { name: 'x', catalog: undefined })).rejects.toThrow('no import');
});

test('the open trace is decided, filtered and explained under the policy’s stamp', async () => {
  const open = await imported();
  expect(open.facets.agents).toEqual([
    { value: 'cursor', count: 2 },
    { value: 'codex', count: 1 },
  ]);
  const results = await ask('decideAll', { stamp: 7, policy: POLICY });
  expect(results).toMatchObject({
    stamp: 7,
    traceId: open.info.id,
    counts: { allow: 1, deny: 2, conditional: 0 },
    decidedByDefault: 1,
  });
  const view = await ask('view', { stamp: 7, wanted: { filter: { effect: 'deny' } } });
  expect(view).toMatchObject({ places: Uint32Array.of(1, 2), count: 2 });
  const csv = await ask('exportCalls', { stamp: 7, indices: view.places, format: 'csv' });
  expect((await csv.text()).split('\n')).toEqual([
    'id,time,agent,instance,user,resource,tool,arguments,decision,decided by,hazards,recorded,recorded rule,standing',
    'b,,cursor,,,,send_message,"{""channel_id"":""C_RANDOM""}",deny,no rule matched,,,,none',
    'c,,codex,,,,delete_file,{},deny,No deleting,,,,none',
    '',
  ]);
  const [first, second] = CALLS.map((call, i) => ({ ...call, id: callId(`call-${i + 1}`), args: {} }));
  const instead = first && second ? [first, second] : [];
  const replaced = await ask('exportCalls', { stamp: 7, indices: Uint32Array.of(0, 1), format: 'ndjson', instead });
  const written = (await replaced.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(written).toMatchObject([
    { id: 'call-1', args: {}, decision: { effect: 'allow' } },
    { id: 'call-2', args: {}, decision: { effect: 'deny' } },
  ]);
  await expect(ask('exportCalls', { stamp: 7, indices: undefined, format: 'csv', instead })).rejects.toThrow(
    SupersededError,
  );
  const ndjson = await ask('exportCalls', { stamp: 7, indices: undefined, format: 'ndjson' });
  const lines = (await ndjson.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(lines).toHaveLength(3);
  expect(lines[2]).toEqual({
    ...CALLS[2],
    decision: { effect: 'deny', decidedBy: 'No deleting', ruleId: 'd', hazards: [], standing: 'none' },
  });
  const { decision, conditions } = await ask('explain', { stamp: 7, index: 1 });
  expect(decision).toMatchObject({ effect: 'deny', decidedBy: { kind: 'default' } });
  expect(Object.keys(conditions)).toEqual(['g']);
  await expect(ask('explain', { stamp: 6, index: 1 })).rejects.toThrow(SupersededError);
  // What is sent to the page survives a structured clone.
  expect(structuredClone(conditions)).toEqual(conditions);
});

test('a policy that comes back the same under another stamp is answered for under that one', async () => {
  await imported();
  await ask('decideAll', { stamp: 7, policy: POLICY });
  expect((await ask('decideAll', { stamp: 8, policy: structuredClone(POLICY) })).stamp).toBe(8);
  const { places } = await ask('view', { stamp: 8, wanted: { filter: { effect: 'deny' } } });
  expect(places).toEqual(Uint32Array.of(1, 2));
  expect(await ask('explain', { stamp: 8, index: 1 })).toMatchObject({ stamp: 8 });
  await expect(ask('explain', { stamp: 7, index: 1 })).rejects.toThrow(SupersededError);
});

test('a composed call is appended, under an id of its own', async () => {
  const { info } = await imported();
  const open = await ask('addCall', { call: { id: callId('a'), tool: { name: 'x' } } });
  expect(open.info).toMatchObject({ id: info.id, calls: 4 });
  const lines = await ask('lines', { indices: Uint32Array.of(0, 3) });
  expect(new Set(lines.map((line) => line.id)).size).toBe(2);
  const text = await (await ask('exportTrace', { traceId: info.id })).text();
  expect(text.trim().split('\n')).toHaveLength(4);
});

test.each([
  ['a call is taken out', { index: 1, remove: 1, insert: [] }, (ids: readonly string[]) => ids.toSpliced(1, 1)],
  [
    'a call takes the place of another',
    { index: 2, remove: 1, insert: [{ id: callId('new') }] },
    (ids: readonly string[]) => ids.toSpliced(2, 1, 'new'),
  ],
  [
    'a call is put at the end',
    { index: 3, remove: 0, insert: [{ id: callId('new') }] },
    (ids: readonly string[]) => [...ids, 'new'],
  ],
])('%s, and the trace keeps its name', async (_, splice, after) => {
  const { info } = await imported();
  const idsOf = async (count: number) =>
    (await ask('lines', { indices: Uint32Array.from({ length: count }, (_, i) => i) })).map(({ id }) => String(id));
  const before = await idsOf(info.calls);
  const { info: spliced } = await ask('spliceCalls', splice);
  expect(await idsOf(spliced.calls)).toEqual(after(before));
  expect(await ask('listTraces', undefined)).toMatchObject([{ name: info.name, calls: spliced.calls }]);
});

test('calls are given whole by their places', async () => {
  await imported();
  const ids = async (places: Uint32Array<ArrayBuffer> | undefined) =>
    (await ask('callsOfTrace', { most: 2, places })).map(({ id }) => String(id));
  expect(await ids(undefined)).toEqual(['a', 'b']);
  expect(await ids(Uint32Array.of(2, 0, 1))).toEqual(['c', 'a']);
});

const asLines = async (id: TraceId) => {
  const text = await (await ask('exportTrace', { traceId: id })).text();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
};

test('facts are set on some calls of a trace, stored with it, and taken back exactly', async () => {
  const { info } = await imported();
  const before = await asLines(info.id);
  const settings: FactSettings = {
    facts: [{ path: ['tool', 'annotations', 'readOnlyHint'], to: { kind: 'value', value: true } }],
    catalog: undefined,
    replace: false,
  };
  const { opened, changed } = await ask('setFacts', { settings, places: Uint32Array.of(0, 2) });
  expect({ changed, traces: await ask('listTraces', undefined) }).toMatchObject({
    changed: 2,
    traces: [{ id: opened.info.id, name: 'A day', calls: 3 }],
  });
  const [a, b, c] = before as [object, object, object];
  const annotations = { readOnlyHint: true };
  expect(await asLines(opened.info.id)).toEqual([
    { ...a, tool: { name: 'send_message', annotations } },
    b,
    { ...c, tool: { name: 'delete_file', annotations } },
  ]);
  const undone = await ask('undoFacts', undefined);
  expect(await asLines(undone.info.id)).toEqual(before);
  await expect(ask('undoFacts', undefined)).rejects.toThrow('was changed');
});

test('facts are not taken back from a trace that was changed since', async () => {
  await imported();
  const settings: FactSettings = {
    facts: [{ path: ['user'], to: { kind: 'absent' } }],
    catalog: undefined,
    replace: false,
  };
  expect((await ask('setFacts', { settings, places: undefined })).changed).toBe(3);
  await ask('spliceCalls', { index: 0, remove: 1, insert: [] });
  await expect(ask('undoFacts', undefined)).rejects.toThrow('was changed');
});

test('calls of a bundle are looked at without being stored, until they are kept', async () => {
  await ask('openCalls', { name: 'Shared', calls: [{ id: callId('a') }], catalog: undefined });
  expect(await ask('listTraces', undefined)).toEqual([]);
  const kept = await ask('keepCalls', undefined);
  expect(await ask('listTraces', undefined)).toMatchObject([{ id: kept.info.id, name: 'Shared', calls: 1 }]);
});

test('the sample is offered once', async () => {
  expect(await ask('claimSample', undefined)).toBe(true);
  expect(await ask('claimSample', undefined)).toBe(false);
});

test('a mapping that was given by hand is remembered for files of the same shape, once the import is taken', async () => {
  const table = (row: string) => new Blob([`who,what,with\n${row}\n`]);
  const read = (row: string, mapping?: FieldMapping) =>
    ask('importFile', {
      source: table(row),
      name: 'x.csv',
      options: mapping ? { format: 'csv', mapping } : { format: 'csv' },
    });
  const given: FieldMapping = { 'tool.name': 'what', 'user.email': 'who', args: 'with' };

  expect((await read('ana,send,{}')).mapping).toMatchObject({
    from: 'guess',
    mapping: {},
    samples: { what: ['send'] },
  });
  expect((await read('ana,send,{}', given)).mapping).toMatchObject({ from: 'given', mapping: given });
  await ask('dropImport', undefined);
  expect((await read('ana,send,{}')).mapping).toMatchObject({ from: 'guess' });

  await read('ana,send,{}', given);
  await ask('takeImport', { name: 'x', catalog: undefined });
  const again = await read('ben,list,{}');
  expect(again.mapping).toMatchObject({ from: 'remembered', mapping: given, chosen: given });
  expect(again.sample).toMatchObject([{ user: 'ben', tool: 'list', args: '{}' }]);

  // An empty one guesses again, and is remembered as that.
  expect((await read('ben,list,{}', {})).mapping).toMatchObject({ from: 'guess' });
  await read('ben,list,{}', {});
  await ask('takeImport', { name: 'y', catalog: undefined });
  expect((await read('ben,list,{}')).mapping).toMatchObject({ from: 'guess' });
});

test('an edit ends the decisions of the one before it, and none is stale', async () => {
  const calls = Array.from({ length: 5_000 }, (_, i) => ({
    id: callId(`c${i}`),
    tool: { name: `t${i % 7}` },
    args: {},
  }));
  let now = 0;
  // Every look at the clock is a second after the last, so that each chunk is followed by a pause.
  ask = answering(undefined, {
    now: () => (now += 1_000),
    breathe: () => new Promise((resume) => setTimeout(resume)),
  });
  await ask('openCalls', { name: 'Many', calls, catalog: undefined });
  const only = (tool: string): Policy => ({
    rules: [fillRule({ id: ruleId('r'), name: 'R', effect: 'allow', tools: [tool] })],
    settings: { gatedWhenFalse: 'continue' },
  });
  const first = ask('decideAll', { stamp: 1, policy: only('t1') });
  const second = ask('decideAll', { stamp: 2, policy: only('t2') });
  const ended = await Promise.allSettled([first, second]);
  expect(ended.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect((await second).counts).toEqual({ allow: 714, deny: 4_286, conditional: 0 });
  await expect(ask('view', { stamp: 1, wanted: { filter: {} } })).rejects.toThrow(SupersededError);
  // From there only what the edit touches is decided again, and comes to what a whole replay gives.
  const third = await ask('decideAll', { stamp: 3, policy: only('t?') });
  expect(third.counts).toEqual({ allow: 5_000, deny: 0, conditional: 0 });
});
