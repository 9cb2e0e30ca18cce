import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { digestOf, readBundle } from '../bundle';
import { policyId, traceId } from '../store';
import { implementations, quotaError, someCalls } from '../store/testkit';
import { contentOfBundle } from './bundle-content';
import { FIRST_POLICY, firstPolicy } from './first-visit';
import { aPolicy, aRule, tabOf } from './testkit';
import type { Workspace } from './workspace';

interface Manifest {
  readonly policies: readonly {
    readonly name: string;
    readonly path: string;
    readonly history: string | null;
    readonly deletedAt: number | null;
  }[];
  readonly traces: readonly { readonly name: string; readonly path: string }[];
}

async function exported(tab: Workspace, ...held: Parameters<Workspace['exportWork']>) {
  const { name, bytes } = await tab.exportWork(...held);
  const files = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, file]) => [path, strFromU8(file)]));
  const lines = (path: string) =>
    (files[path] ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as unknown);
  return { name, files, lines, manifest: JSON.parse(files['manifest.json'] ?? '') as Manifest };
}

describe.each(implementations)('one’s work as a file, from $name', ({ name: kind, make }) => {
  test('holds policies as bundles, with their history, and traces', async () => {
    const bench = await make();
    const { tab, store } = await tabOf(bench);
    tab.dispatch({ kind: 'remove-rules', ids: [firstPolicy().rules[0]?.id ?? aRule('x').id] });
    await tab.saveVersion('then');
    tab.editRule(firstPolicy().rules[1]?.id ?? aRule('x').id);
    await tab.settled();
    const start = {
      id: traceId('t'),
      name: 'Tuesday',
      addedAt: 5,
      format: 'native',
      rejects: 0,
      catalog: null,
      info: {},
    };
    await store.putTrace(start, [someCalls(2_500)]);
    const { name, files, lines, manifest } = await exported(tab);
    expect(name).toBe('policies-1970-01-01.workspace.zip');
    expect(manifest).toMatchObject({
      format: 'policy-workspace',
      version: 2,
      policies: [
        {
          id: FIRST_POLICY,
          name: 'Acme support desk',
          path: 'policies/Acme support desk.policy.json',
          history: 'history/Acme support desk.ndjson',
          digest: digestOf({ ...firstPolicy(), rules: firstPolicy().rules.slice(1) }),
          revision: 2,
          unsaved: false,
          deletedAt: null,
        },
      ],
      traces: [{ id: 't', name: 'Tuesday', calls: 2_500, path: 'traces/Tuesday.ndjson' }],
      problems: [],
    });
    const bundle = readBundle(files['policies/Acme support desk.policy.json'] ?? '');
    expect(bundle.ok && contentOfBundle(bundle.bundle)).toEqual({
      ...firstPolicy(),
      rules: firstPolicy().rules.slice(1),
    });
    expect(lines('history/Acme support desk.ndjson')).toMatchObject([
      { kind: 'policy', id: FIRST_POLICY, revision: 2, first: 1, cursor: 1, last: 1 },
      { kind: 'step', position: 1, label: 'delete `No deleting`' },
      { kind: 'version', name: 'then' },
      { kind: 'draft', rule: { name: 'Only #general' } },
    ]);
    expect(lines('traces/Tuesday.ndjson')).toEqual(someCalls(2_500));
  });

  test('holds what is not saved, also a policy that was never stored', async () => {
    const bench = await make();
    const { tab } = await tabOf(bench);
    bench.failWrites(() => quotaError());
    tab.dispatch({ kind: 'rename', name: 'Unsaved' });
    await tab.createPolicy({ ...aPolicy(aRule('a')), name: 'Never stored' });
    await tab.settled();
    const { files, manifest } = await exported(tab);
    expect(manifest.policies).toMatchObject([
      { name: 'Unsaved', revision: 1, unsaved: true },
      { name: 'Never stored', unsaved: true },
    ]);
    expect(readBundle(files['policies/Never stored.policy.json'] ?? '')).toMatchObject({
      ok: true,
      bundle: { rules: [{ id: 'a' }] },
    });
  });

  test('holds what could not be read, and policies in the bin', async () => {
    const bench = await make();
    await bench.putRaw('policies', { id: 'broken', odd: true });
    const { tab } = await tabOf(bench);
    await tab.createPolicy(aPolicy());
    await tab.deletePolicy(FIRST_POLICY);
    await tab.settled();
    const { files, manifest } = await exported(tab);
    expect(JSON.parse(files['quarantine/rows.json'] ?? '')).toMatchObject([
      { key: 'broken', row: { policy: { odd: true } } },
    ]);
    const binned = Object.fromEntries(manifest.policies.map(({ name, deletedAt }) => [name, deletedAt !== null]));
    expect(binned).toEqual({ 'Acme support desk': true, Acme: false });
  });

  test('no name leads out of its folder, and no two files are one', async () => {
    const bench = await make();
    const { tab, store } = await tabOf(bench);
    for (const [i, name] of ['../../etc', '..', 'a/b', 'A/B', 'é😀', ''].entries()) {
      await store.createPolicy(policyId(`n${i}`), { ...aPolicy(), name }, 1);
    }
    const { manifest } = await exported(tab);
    expect(manifest.policies.map(({ path }) => path).toSorted()).toEqual([
      'policies/-..-etc.policy.json',
      'policies/A-B 2.policy.json',
      'policies/Acme support desk.policy.json',
      'policies/a-b.policy.json',
      'policies/unnamed 2.policy.json',
      'policies/unnamed.policy.json',
      'policies/é-.policy.json',
    ]);
  });

  test('a policy without a canonical form is still handed over', async () => {
    const bench = await make();
    const { tab, store } = await tabOf(bench);
    await store.createPolicy(policyId('half'), { ...aPolicy(aRule('a', { name: '\ud800' })), name: 'Half' }, 1);
    const { files, manifest } = await exported(tab);
    expect(manifest.policies).toContainEqual(expect.objectContaining({ name: 'Half', digest: null }));
    expect(JSON.parse(files['policies/Half.policy.json'] ?? '')).toMatchObject({ rules: [{ name: '\ud800' }] });
  });

  test('where nothing is stored, the traces come from who holds them', async () => {
    const { tab } = await tabOf(await make());
    const held = async () => [{ name: 'Held', ndjson: new Blob(['{"id":"c1"}\n']) }];
    const { manifest, lines } = await exported(tab, held);
    if (kind === 'indexeddb') expect(manifest.traces).toEqual([]);
    else {
      expect(manifest.traces).toEqual([{ name: 'Held', path: 'traces/Held.ndjson' }]);
      expect(lines('traces/Held.ndjson')).toEqual([{ id: 'c1' }]);
    }
    const broken = () => Promise.reject(new Error('the worker stopped'));
    const problems = kind === 'indexeddb' ? [] : ['the traces could not be read: the worker stopped'];
    expect((await exported(tab, broken)).manifest).toMatchObject({ policies: [{ id: FIRST_POLICY }], problems });
  });
});
