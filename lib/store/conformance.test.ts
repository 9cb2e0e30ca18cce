import { describe, expect, test } from 'vitest';
import type { Call } from '../engine';
import { packCalls } from '../trace';
import type { StoreTable } from './backend';
import {
  CHUNK_CALLS,
  policyId,
  traceId,
  versionId,
  type LogEntry,
  type PolicyContent,
  type TraceMeta,
} from './records';
import type { StoreChange, ChunkRead, PolicyCommit, HeadRead, Store } from './store';
import { aPolicy, aRule, implementations, quotaError, someCalls } from './testkit';

const P = policyId('p1');
const T = traceId('t1');
const start = { id: T, name: 'Tuesday', addedAt: 5, format: 'native', rejects: 0, catalog: null, info: {} };
const quota = { kind: 'failed', reason: 'quota', message: 'the quota has been exceeded' };

const edit = (content: PolicyContent, label: string): PolicyCommit => ({
  content,
  at: 7,
  move: { append: { label, at: 7, forward: { set: { name: content.name } }, backward: {} } },
});
const named = (name: string): PolicyContent => ({ ...aPolicy(aRule('r1')), name });

async function chunks(store: Store): Promise<ChunkRead[]> {
  const read: ChunkRead[] = [];
  for await (const chunk of store.readTrace(T)) read.push(chunk);
  return read;
}

describe.each(implementations)('a store in $name', ({ make }) => {
  test('keeps a policy, for every tab', async () => {
    const bench = await make();
    const [one, two] = [await bench.tab(), await bench.tab()];
    const created = await one.createPolicy(P, named('Acme'), 3);
    expect(created).toMatchObject({ kind: 'created', state: { head: { id: P, revision: 1, cursor: 0 }, back: null } });
    expect(await two.createPolicy(P, named('Other'), 4)).toEqual({ kind: 'exists' });
    expect(await two.readPolicy(P)).toEqual({ kind: 'found', value: (created as { state: unknown }).state });
    expect(await two.listPolicies()).toMatchObject({ kind: 'listed', values: [{ id: P, content: { name: 'Acme' } }] });
    expect(await two.readPolicy(policyId('p2'))).toEqual({ kind: 'missing' });
  });

  test('commits only at the revision that was expected', async () => {
    const bench = await make();
    const [one, two] = [await bench.tab(), await bench.tab()];
    await one.createPolicy(P, named('A'), 3);
    expect(await one.commit(P, 1, edit(named('B'), 'rename'))).toMatchObject({
      kind: 'committed',
      state: {
        head: { revision: 2, cursor: 1, last: 1, content: { name: 'B' } },
        back: { label: 'rename' },
        ahead: null,
      },
    });
    expect(await two.commit(P, 1, edit(named('C'), 'late'))).toMatchObject({
      kind: 'conflict',
      state: { head: { revision: 2, content: { name: 'B' } }, back: { label: 'rename' } },
    });
    expect(await two.commit(policyId('none'), 1, edit(named('C'), 'late'))).toEqual({ kind: 'missing' });
  });

  test('moves back and forth in the log, and an edit drops what lay ahead', async () => {
    const store = await (await make()).tab();
    await store.createPolicy(P, named('0'), 3);
    for (const n of [1, 2, 3]) await store.commit(P, n, edit(named(`${n}`), `step ${n}`));
    const moved = await store.commit(P, 4, { content: named('1'), at: 8, move: { cursor: 1 } });
    expect(moved).toMatchObject({
      state: { head: { cursor: 1, last: 3 }, back: { label: 'step 1' }, ahead: { label: 'step 2' } },
    });
    expect(await store.commit(P, 5, { content: named('x'), at: 8, move: { cursor: 4 } })).toMatchObject({
      kind: 'failed',
    });
    expect(await store.commit(P, 5, edit(named('y'), 'other way'))).toMatchObject({
      state: { head: { cursor: 2, last: 2 }, back: { label: 'other way' }, ahead: null },
    });
    const log = await store.readLog(P, 1, 9);
    expect(log.kind === 'listed' && log.values.map((entry: LogEntry) => [entry.position, entry.label])).toEqual([
      [1, 'step 1'],
      [2, 'other way'],
    ]);
  });

  test('a failed write leaves everything as it was', async () => {
    const bench = await make();
    const store = await bench.tab();
    await store.createPolicy(P, named('A'), 3);
    for (const table of ['log', 'policies'] satisfies StoreTable[]) {
      bench.failWrites((written) => (written === table ? quotaError() : null));
      expect(await store.commit(P, 1, edit(named('B'), 'rename'))).toEqual(quota);
      expect(await store.readPolicy(P)).toMatchObject({
        value: { head: { revision: 1, content: { name: 'A' } }, back: null },
      });
      expect(await bench.allRaw('log')).toEqual([]);
    }
    bench.failWrites(null);
    expect(await store.commit(P, 1, edit(named('B'), 'rename'))).toMatchObject({ kind: 'committed' });
  });

  test('bins a policy, takes it out again, and purges what is old', async () => {
    const bench = await make();
    const store = await bench.tab();
    await store.createPolicy(P, named('A'), 3);
    await store.commit(P, 1, edit(named('B'), 'rename'));
    await store.putDraft({ policyId: P, rule: aRule('r1'), index: null, open: true, at: 1 });
    await store.putVersion({ id: versionId('v1'), policyId: P, name: 'first', at: 1, content: named('A') });
    expect(await store.setDeleted(P, 100)).toEqual({ kind: 'done' });
    expect(await store.commit(P, 3, edit(named('C'), 'late'))).toEqual({ kind: 'deleted' });
    expect(await store.setDeleted(P, null)).toEqual({ kind: 'done' });
    expect(await store.commit(P, 4, edit(named('C'), 'in time'))).toMatchObject({ kind: 'committed' });
    await store.setDeleted(P, 100);
    await store.purgeDeleted(100);
    expect(await bench.allRaw('policies')).toHaveLength(1);
    await store.purgeDeleted(101);
    for (const table of ['policies', 'log', 'drafts', 'versions'] satisfies StoreTable[])
      expect(await bench.allRaw(table)).toEqual([]);
    expect(await store.setDeleted(P, null)).toEqual({ kind: 'missing' });
    expect(await store.commit(P, 5, edit(named('C'), 'late'))).toEqual({ kind: 'missing' });
    // What a tab still shows can be stored anew: its revision goes on, so that no other tab takes it for what it knows.
    expect(await store.createPolicy(P, named('A'), 9, 5)).toMatchObject({ state: { head: { revision: 6, last: 0 } } });
  });

  test('keeps drafts, versions and settings', async () => {
    const bench = await make();
    const store = await bench.tab();
    const draft = { policyId: P, rule: aRule('r1', { tools: [''] }), index: 2, open: true, at: 1 };
    const version = { id: versionId('v1'), policyId: P, name: 'first', at: 1, content: named('A') };
    await store.putDraft(draft);
    await store.putDraft({ ...draft, policyId: policyId('p2') });
    await store.putVersion(version);
    await store.putSetting('view', { callId: null, n: [1, 'x'] });
    const again = await bench.tab();
    expect(await again.listDrafts(P)).toEqual({ kind: 'listed', values: [draft] });
    expect(await again.listVersions(P)).toEqual({ kind: 'listed', values: [version] });
    expect(await again.readSetting('view')).toEqual({ kind: 'found', value: { callId: null, n: [1, 'x'] } });
    expect(await again.readSetting('other')).toEqual({ kind: 'missing' });
    await again.deleteDraft(P, 'r1');
    await again.deleteVersion(P, version.id);
    expect(await store.listDrafts(P)).toEqual({ kind: 'listed', values: [] });
    expect(await store.listVersions(P)).toEqual({ kind: 'listed', values: [] });
  });

  test('keeps cases, and sets one aside that is none', async () => {
    const bench = await make();
    const store = await bench.tab();
    const saved = { id: 'c1', name: 'Refund denied', savedAt: 4, text: '{}' };
    await store.putCase(saved);
    await store.putCase({ ...saved, id: 'c2', savedAt: Number.NaN });
    const again = await bench.tab();
    expect(await again.listCases()).toEqual({ kind: 'listed', values: [saved] });
    expect(await again.listQuarantined()).toMatchObject({ values: [{ table: 'cases', key: 'c2' }] });
    await again.deleteCase('c1');
    expect(await store.listCases()).toEqual({ kind: 'listed', values: [] });
  });

  test('stores a trace in chunks, whatever the size of the parts', async () => {
    const store = await (await make()).tab();
    const parts = [someCalls(1), someCalls(2_500, 1), [], someCalls(10, 2_501)];
    const stored = await store.putTrace(start, parts);
    expect(stored).toEqual({ kind: 'stored', meta: { ...start, calls: 2_511, chunks: 3 } });
    expect(await store.listTraces()).toEqual({ kind: 'listed', values: [{ ...start, calls: 2_511, chunks: 3 }] });
    const read = await chunks(store);
    expect(read.map((chunk) => (chunk.kind === 'calls' ? chunk.calls.length : chunk.kind))).toEqual([
      1_000, 1_000, 511,
    ]);
    expect(read.flatMap((chunk) => (chunk.kind === 'calls' ? chunk.calls : []))).toEqual(parts.flat());
    expect(await store.putTrace(start, [])).toMatchObject({
      kind: 'failed',
      message: 'there is a trace with the id `t1` already',
    });
  });

  test('a trace is not there until it is whole', async () => {
    const store = await (await make()).tab();
    const seen: unknown[] = [];
    async function* source(): AsyncGenerator<readonly Call[]> {
      yield someCalls(CHUNK_CALLS * 2);
      seen.push(await store.listTraces(), await store.readTraceMeta(T), await chunks(store));
    }
    await store.putTrace(start, source());
    expect(seen).toEqual([{ kind: 'listed', values: [] }, { kind: 'missing' }, [{ kind: 'missing' }]]);
    expect(await store.readTraceMeta(T)).toMatchObject({ kind: 'found' });
  });

  test.each([
    [
      'the second chunk',
      (table: StoreTable, row: object) => table === 'chunks' && (row as { index: number }).index === 1,
    ],
    ['its metadata', (table: StoreTable) => table === 'traces'],
  ] as const)('nothing stays of a trace for which there is no room: %s', async (_what, hits) => {
    const bench = await make();
    const store = await bench.tab();
    bench.failWrites((table, row) => (hits(table, row) ? quotaError() : null));
    expect(await store.putTrace(start, [someCalls(3_000)])).toEqual(quota);
    for (const table of ['traces', 'chunks', 'lines', 'imports'] satisfies StoreTable[])
      expect(await bench.allRaw(table)).toEqual([]);
  });

  test('nothing stays of an import that is stopped, or whose source fails', async () => {
    const bench = await make();
    const store = await bench.tab();
    let asked = 0;
    expect(await store.putTrace(start, [someCalls(1_000), someCalls(1_000), someCalls(1)], () => ++asked > 2)).toEqual({
      kind: 'stopped',
    });
    async function* broken(): AsyncGenerator<readonly Call[]> {
      yield someCalls(1_500);
      throw new Error('the file went away');
    }
    expect(await store.putTrace(start, broken())).toEqual({
      kind: 'failed',
      reason: 'other',
      message: 'the file went away',
    });
    for (const table of ['traces', 'chunks', 'lines', 'imports'] satisfies StoreTable[])
      expect(await bench.allRaw(table)).toEqual([]);
  });

  test('sweeps up after imports that died, and only those', async () => {
    const bench = await make();
    const store = await bench.tab();
    await bench.putRaw('imports', { traceId: 'dead', at: 10 });
    await bench.putRaw('chunks', { traceId: 'dead', index: 0 });
    await bench.putRaw('lines', { traceId: 'dead', index: 0 });
    await bench.putRaw('imports', { traceId: 'alive', at: 20 });
    await bench.putRaw('chunks', { traceId: 'alive', index: 0 });
    expect(await store.sweepImports(15)).toEqual({ kind: 'done' });
    expect(await bench.allRaw('imports')).toEqual([{ traceId: 'alive', at: 20 }]);
    expect(await bench.allRaw('chunks')).toEqual([{ traceId: 'alive', index: 0 }]);
    expect(await bench.allRaw('lines')).toEqual([]);
  });

  test('adds calls to a trace, filling its last chunk', async () => {
    const store = await (await make()).tab();
    await store.putTrace(start, [someCalls(999)]);
    expect(await store.appendCalls(T, someCalls(2, 999))).toMatchObject({ meta: { calls: 1_001, chunks: 2 } });
    expect((await chunks(store)).flatMap((c) => (c.kind === 'calls' ? c.calls : []))).toEqual([
      ...someCalls(999),
      ...someCalls(2, 999),
    ]);
    expect(await store.appendCalls(T, someCalls(3, 1_001))).toMatchObject({ meta: { calls: 1_004, chunks: 2 } });
    expect((await chunks(store)).map((c) => (c.kind === 'calls' ? c.calls.length : c.kind))).toEqual([1_000, 4]);
    expect(await store.appendCalls(traceId('none'), someCalls(1))).toEqual({ kind: 'missing' });
    await store.putTrace({ ...start, id: traceId('t2') }, []);
    expect(await store.appendCalls(traceId('t2'), someCalls(1))).toMatchObject({ meta: { calls: 1, chunks: 1 } });
  });

  test('reads who called what at once, and the rest when it is asked for', async () => {
    const store = await (await make()).tab();
    const calls = someCalls(60_500).map((call, i): Call => ({
      ...call,
      time: '2026-11-03T10:00:00Z',
      agent: { slug: `a${i % 3}` },
    }));
    await store.putTrace(start, [calls]);
    const heads: HeadRead[] = [];
    for await (const head of store.readHeads(T)) heads.push(head);
    expect(heads.map((head) => head.kind === 'head' && [head.index, head.head.size])).toEqual(
      Array.from({ length: 61 }, (_, i) => [i, i < 60 ? 1_000 : 500]),
    );
    const last = heads[60];
    expect(last?.kind === 'head' && last.head).toEqual(packCalls(calls.slice(60_000)).head);
    expect(await store.readLines(T, 60, 99)).toEqual({
      kind: 'listed',
      values: [{ traceId: T, index: 60, text: packCalls(calls.slice(60_000)).lines }],
    });
    for await (const head of store.readHeads(traceId('none'))) expect(head).toEqual({ kind: 'missing' });
  });

  test('a trace is written as its calls arrive, and is there once it is finished', async () => {
    const bench = await make();
    const store = await bench.tab();
    const { id, ...meta } = start;
    const writer = await store.beginTrace(id);
    if (writer.kind === 'failed') throw new Error(writer.message);
    expect(await writer.append(someCalls(1_500))).toEqual({ kind: 'done' });
    expect(await bench.allRaw('lines')).toHaveLength(1);
    expect(await store.listTraces()).toEqual({ kind: 'listed', values: [] });
    expect(await store.beginTrace(id)).toMatchObject({ kind: 'failed' });
    expect(await writer.append(someCalls(1_500, 1_500))).toEqual({ kind: 'done' });
    expect(await writer.finish(meta)).toEqual({ kind: 'stored', meta: { ...start, calls: 3_000, chunks: 3 } });
    expect((await chunks(store)).flatMap((c) => (c.kind === 'calls' ? c.calls : []))).toEqual([
      ...someCalls(1_500),
      ...someCalls(1_500, 1_500),
    ]);
    const dropped = await store.beginTrace(traceId('t2'));
    if (dropped.kind === 'failed') throw new Error(dropped.message);
    await dropped.append(someCalls(1_500));
    await dropped.drop();
    expect(await bench.allRaw('lines')).toHaveLength(3);
    expect(await bench.allRaw('imports')).toEqual([]);
  });

  test('renames and deletes a trace', async () => {
    const bench = await make();
    const store = await bench.tab();
    await store.putTrace(start, [someCalls(3)]);
    expect(await store.renameTrace(T, 'Wednesday')).toEqual({ kind: 'done' });
    expect(await store.readTraceMeta(T)).toMatchObject({ value: { name: 'Wednesday', calls: 3 } });
    expect(await store.deleteTrace(T)).toEqual({ kind: 'done' });
    expect(await store.renameTrace(T, 'x')).toEqual({ kind: 'missing' });
    expect(await bench.allRaw('chunks')).toEqual([]);
  });

  test('notifies this tab and the others of what changed', async () => {
    const bench = await make();
    const [one, two] = [await bench.tab(), await bench.tab()];
    const seen: [string, string, StoreChange['kind']][] = [];
    one.watch(({ change, from }) => seen.push(['one', from, change.kind]));
    const end = two.watch(({ change, from }) => seen.push(['two', from, change.kind]));
    await one.createPolicy(P, named('A'), 1);
    await two.commit(P, 1, edit(named('B'), 'rename'));
    await two.commit(P, 1, edit(named('B'), 'too late'));
    end();
    await one.deleteEverything();
    expect(seen).toEqual([
      ['one', 'here', 'policies'],
      ['two', 'elsewhere', 'policies'],
      ['two', 'here', 'policy'],
      ['one', 'elsewhere', 'policy'],
      ['one', 'here', 'erased'],
    ]);
  });

  test('deletes everything', async () => {
    const bench = await make();
    const store = await bench.tab();
    await store.createPolicy(P, named('A'), 1);
    await store.putTrace(start, [someCalls(3)]);
    await store.putSetting('view', 1);
    expect(await store.deleteEverything()).toEqual({ kind: 'done' });
    for (const table of ['policies', 'traces', 'chunks', 'settings'] satisfies StoreTable[])
      expect(await bench.allRaw(table)).toEqual([]);
  });

  describe('sets aside what it cannot read', () => {
    const head = {
      id: 'p1',
      revision: 1,
      content: aPolicy(aRule('r1')),
      first: 1,
      cursor: 0,
      last: 0,
      createdAt: 1,
      updatedAt: 1,
      deletedAt: null,
    };
    const policies: readonly (readonly [problem: string, row: object])[] = [
      ['revision is not a count', { ...head, revision: 1.5 }],
      ['content is not an object', { ...head, content: null }],
      ['content rules is not a list', { ...head, content: { ...head.content, rules: {} } }],
      [
        'content rules 0 effect is none of allow, deny, gated',
        { ...head, content: aPolicy(aRule('r1', { effect: 'permit' as never })) },
      ],
      [
        'content rules 1 scope groups 0 is not a string',
        {
          ...head,
          content: aPolicy(aRule('r0'), aRule('r1', { scope: { ...aRule('x').scope, groups: [1 as never] } })),
        },
      ],
      ['content rules has two rules with the id `r1`', { ...head, content: aPolicy(aRule('r1'), aRule('r1')) }],
      ['content extra is not JSON', { ...head, content: { ...head.content, extra: { when: new Date(0) } } }],
      ['has a cursor outside of its log', { ...head, cursor: 1 }],
    ];
    test.each(policies)('a policy: %s', async (problem, row) => {
      const bench = await make();
      bench.clock.now = 99;
      await bench.putRaw('policies', row);
      await bench.putRaw('policies', { ...head, id: 'good' });
      await bench.putRaw('log', { policyId: 'p1', position: 1 });
      const store = await bench.tab();
      const seen: string[] = [];
      store.watch(({ change }) => seen.push(change.kind));
      expect(await store.listPolicies()).toMatchObject({ kind: 'listed', values: [{ id: 'good' }] });
      expect(seen).toEqual(['quarantine']);
      expect(await store.readPolicy(P)).toEqual({ kind: 'missing' });
      expect(await store.listQuarantined()).toEqual({
        kind: 'listed',
        values: [
          {
            id: 'policies p1 99',
            table: 'policies',
            key: 'p1',
            problem,
            at: 99,
            row: { policy: row, log: [{ policyId: 'p1', position: 1 }] },
          },
        ],
      });
      await store.deleteQuarantined('policies p1 99');
      expect(await store.listQuarantined()).toEqual({ kind: 'listed', values: [] });
    });

    test('steps of a log: it is cut there, and the policy remains', async () => {
      const bench = await make();
      const store = await bench.tab();
      await store.createPolicy(P, named('0'), 3);
      for (const n of [1, 2, 3, 4]) await store.commit(P, n, edit(named(`${n}`), `step ${n}`));
      await store.commit(P, 5, { content: named('3'), at: 8, move: { cursor: 3 } });
      await bench.putRaw('log', {
        policyId: P,
        position: 3,
        label: 'step 3',
        at: 0,
        forward: {},
        backward: { rules: [{ copy: [0] }] },
      });
      await bench.putRaw('log', { policyId: P, position: 4 });
      const read = await store.readPolicy(P);
      expect(read).toMatchObject({
        value: { head: { first: 4, cursor: 3, last: 3, content: { name: '3' } }, back: null, ahead: null },
      });
      expect(await store.listQuarantined()).toMatchObject({ values: [{ key: 'p1 3' }, { key: 'p1 4' }] });
      expect(await store.commit(P, 6, edit(named('5'), 'on'))).toMatchObject({
        kind: 'committed',
        state: { back: { label: 'on', position: 4 } },
      });
    });

    test('a chunk: the rest of the trace remains', async () => {
      const bench = await make();
      const store = await bench.tab();
      await store.putTrace(start, [someCalls(2_001)]);
      const { head } = packCalls(someCalls(2));
      const agent = { texts: ['{"slug":1}'], codes: new Uint16Array(2) };
      await bench.putRaw('chunks', { traceId: T, index: 1, head: { ...head, parts: { ...head.parts, agent } } });
      expect((await chunks(store)).map(({ kind }) => kind)).toEqual(['calls', 'lost', 'calls']);
      expect(await store.listQuarantined()).toMatchObject({
        values: [{ table: 'chunks', key: 't1 1', problem: 'head agent 0 slug is not a string' }],
      });
      expect((await chunks(store)).map(({ kind }) => kind)).toEqual(['calls', 'lost', 'calls']);
    });

    test.each<[string, object]>([
      ['lines that are no text', { text: 1 }],
      ['fewer lines than calls', { text: '{"id":"c"}' }],
      ['lines that are not JSON', { text: '{"id":"c"}\n{"id":' }],
    ])('of a chunk with %s', async (_what, damaged) => {
      const bench = await make();
      const store = await bench.tab();
      await store.putTrace(start, [someCalls(1_002)]);
      await bench.putRaw('lines', { traceId: T, index: 1, ...damaged });
      expect((await chunks(store)).map(({ kind }) => kind)).toEqual(['calls', 'lost']);
    });

    test.each([
      ['drafts', { policyId: P, ruleId: 'r1' }, (store: Store) => store.listDrafts(P)],
      ['versions', { policyId: P, id: 'v1', name: 3 }, (store: Store) => store.listVersions(P)],
      ['traces', { id: 't1', name: 'x' }, (store: Store) => store.listTraces()],
      ['log', { policyId: P, position: 1, label: null }, (store: Store) => store.readLog(P, 1, 9)],
    ] as const)('%s', async (table, row, list) => {
      const bench = await make();
      await bench.putRaw(table, row);
      const store = await bench.tab();
      expect(await list(store)).toEqual({ kind: 'listed', values: [] });
      expect(await bench.allRaw(table)).toEqual([]);
      expect(await store.listQuarantined()).toMatchObject({ values: [{ table, row }] });
    });

    test('and where there is no room to set it aside, leaves it where it is', async () => {
      const bench = await make();
      await bench.putRaw('traces', { id: 't1' });
      const store = await bench.tab();
      bench.failWrites(() => quotaError());
      expect(await store.listTraces()).toEqual({ kind: 'listed', values: [] });
      expect(await bench.allRaw('traces')).toEqual([{ id: 't1' }]);
      expect(await store.listQuarantined()).toEqual({ kind: 'listed', values: [] });
    });
  });

  test('what was stored is what comes back, with keys that mean something to JavaScript', async () => {
    const store = await (await make()).tab();
    const args: unknown = JSON.parse('{"__proto__":{"a":1},"constructor":null,"toString":[1.5,"é",{}]}');
    const call = { id: 'c1', args } as unknown as Call;
    await store.putTrace(start, [[call]]);
    const [chunk] = await chunks(store);
    expect(JSON.stringify(chunk?.kind === 'calls' && chunk.calls[0]?.args)).toBe(JSON.stringify(args));
  });

  test('reads the metadata as stored', async () => {
    const store = await (await make()).tab();
    const info = { file: 'x.json', bytes: 3 };
    const catalog = { resources: [{ slug: 'slack', tools: [{ name: 'send', inputSchema: { type: 'object' } }] }] };
    await store.putTrace({ ...start, info, catalog }, [someCalls(1)]);
    const meta: TraceMeta = { ...start, info, catalog, calls: 1, chunks: 1 };
    expect(await store.readTraceMeta(T)).toEqual({ kind: 'found', value: meta });
  });
});
