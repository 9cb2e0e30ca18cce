import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { traceId } from '../store';
import { implementations, someCalls } from '../store/testkit';
import { FIRST_POLICY } from './first-visit';
import { readWork, type IncomingWork } from './import-work';
import { aPolicy, aRule, tabOf } from './testkit';

const TRACE = { id: traceId('t'), name: 'Tuesday', addedAt: 5, format: 'native', rejects: 0, catalog: null, info: {} };
const CASE = { id: 'c', name: 'Refund', savedAt: 7, text: '{}' };

const MAPPING = { key: 'mapping of who,what', value: { 'tool.name': 'what' } };
const PREFERENCES = { theme: 'dark' };

/** A tab with two policies, one of them archived, and a step taken back; with a version, a draft, a trace, a case and settings. */
async function filled(make: (typeof implementations)[number]['make']) {
  const { tab, store, shown } = await tabOf(await make());
  await tab.createPolicy({ ...aPolicy(aRule('x')), name: 'Aside' });
  const aside = shown().policy.id;
  await tab.archivePolicy(aside);
  await tab.openPolicy(FIRST_POLICY);
  tab.dispatch({ kind: 'rename', name: 'Renamed' });
  tab.dispatch({ kind: 'add-rule', rule: aRule('new') });
  tab.dispatch({ kind: 'set-description', description: 'taken back' });
  await tab.undo();
  await tab.saveVersion('then');
  tab.editRule(aRule('new').id);
  await tab.settled();
  await store.putTrace(TRACE, [someCalls(1_500)]);
  await store.putCase(CASE);
  await store.putSetting(MAPPING.key, MAPPING.value);
  await tab.baselines.pinPolicy(aside);
  return { tab, store, shown, aside };
}

function read(bytes: Uint8Array): IncomingWork {
  const found = readWork(bytes);
  if (!found.ok) throw new Error(found.message);
  return found.work;
}

/** The file with one file within changed, or taken out. */
function changed(bytes: Uint8Array, path: string, change: (text: string) => string | undefined): Uint8Array {
  const files = unzipSync(bytes);
  const next = change(strFromU8(files[path] ?? new Uint8Array()));
  const { [path]: _gone, ...others } = files;
  return zipSync(next === undefined ? others : { ...others, [path]: strToU8(next) });
}

const [memory] = implementations.filter(({ name }) => name === 'memory');

describe.each(implementations)('exported work, imported into $name', ({ name: kind, make }) => {
  test('is all there, with steps, versions, drafts, the archive, traces and cases', async () => {
    const { tab: from, aside } = await filled(make);
    const { bytes } = await from.exportWork(undefined, PREFERENCES);
    const work = read(bytes);
    expect(work.problems).toEqual([]);
    expect(work.settings.preferences).toEqual(PREFERENCES);

    const { tab, store, shown } = await tabOf(await make(), 2);
    await tab.deletePolicy(FIRST_POLICY);
    // The first visit's policy is in the bin here: the one that comes in is another.
    const imported = await tab.importWork(work);
    const noTraces = kind === 'indexeddb' ? [] : ['`Tuesday`: this browser stores no traces'];
    expect(imported).toEqual({
      policies: 2,
      traces: kind === 'indexeddb' ? 1 : 0,
      cases: 1,
      settings: 2,
      known: 0,
      problems: noTraces,
    });
    expect(shown().aside.map(({ id, place }) => [id, place])).toContainEqual([aside, 'archive']);
    const copy = shown().policies.find(({ name }) => name === 'Renamed (imported)');
    await tab.openPolicy(copy?.id ?? FIRST_POLICY);
    expect(shown()).toMatchObject({
      history: { undo: 'add `Rule new`', redo: 'change the description' },
      versions: [{ name: 'then' }],
      drafts: [{ rule: { id: 'new' } }],
    });
    await tab.redo();
    expect(shown().policy.description).toBe('taken back');
    await tab.undo();
    await tab.undo();
    expect(shown().policy.rules.map(({ id }) => String(id))).not.toContain('new');
    const traces = await store.listTraces();
    expect(traces).toMatchObject({ values: kind === 'indexeddb' ? [{ id: 't', name: 'Tuesday', calls: 1_500 }] : [] });
    expect(await store.listCases()).toEqual({ kind: 'listed', values: [CASE] });
    expect(await store.readSetting(MAPPING.key)).toEqual({ kind: 'found', value: MAPPING.value });
    // What a policy is compared with follows the policies: the one that came in has another id here.
    expect(await store.readSetting(`baseline/${String(copy?.id)}`)).toEqual({
      kind: 'found',
      value: { kind: 'policy', id: aside },
    });
  });

  test('changes nothing where it is there already', async () => {
    const { tab, store } = await filled(make);
    const work = read((await tab.exportWork()).bytes);
    const { problems: _problems, ...counts } = await tab.importWork(work);
    expect(counts).toMatchObject({
      policies: 0,
      traces: 0,
      cases: 0,
      settings: 0,
      known: kind === 'indexeddb' ? 6 : 5,
    });
    expect(await store.listPolicies()).toMatchObject({ values: { length: 2 } });
  });

  test('is not imported where it did not arrive as it was written, and the rest is', async () => {
    const { tab } = await filled(make);
    const { bytes } = await tab.exportWork();
    const history = 'history/Renamed.ndjson';
    const damaged = read(changed(bytes, history, (text) => text.replace('Acme support desk', 'Acme Support desk')));
    expect(damaged.problems[0]).toBe(`\`${history}\` is not as it was written`);
    expect(damaged.policies.map(({ head }) => head.content.name)).toEqual(['Aside', 'Renamed']);
    expect(damaged.policies[1]?.log).toEqual([]);

    const missing = read(changed(bytes, 'traces/Tuesday.ndjson', () => undefined));
    expect(missing.traces).toEqual([]);
    expect(missing.problems).toEqual([
      '`traces/Tuesday.ndjson` is missing',
      'the trace `Tuesday` is not imported: its file is missing or damaged',
    ]);
    expect(read(changed(bytes, 'more.txt', () => 'x')).problems).toEqual(['`more.txt` is not in the manifest']);
    const bare = read(changed(bytes, 'settings.json', () => undefined));
    expect(bare.problems).toEqual(['`settings.json` is missing']);
    expect(bare.settings.stored).toEqual([]);
    const retold = read(changed(bytes, 'manifest.json', (text) => text.replace('"Tuesday"', '"Monday"')));
    expect(retold.problems).toEqual(['the manifest is not as it was written']);
  });
});

describe('settings of exported work', () => {
  const file = async (text: string) => {
    const { tab } = await filled(memory!.make);
    const unchecked = changed((await tab.exportWork()).bytes, 'settings.json', () => text);
    const old = (manifest: string) =>
      JSON.stringify({ ...(JSON.parse(manifest) as object), version: 1, files: undefined });
    return read(changed(changed(unchecked, 'manifest.json', old), 'manifest.sha256', () => undefined));
  };

  test.each<[string, string, string[]]>([
    ['no JSON', '{', ['the settings are not imported: they are no JSON object']],
    ['a list', '[]', ['the settings are not imported: they are no JSON object']],
    [
      'another setting',
      '{"stored":[{"key":"view","value":1}]}',
      ['a setting is not imported: it is none that is part of the work'],
    ],
    ['a setting without a key', '{"stored":[{"value":1}]}', ['a setting is not imported: it key is not a string']],
    [
      'a preference that is no text',
      '{"preferences":{"theme":1}}',
      ['preferences are not imported: they are no short texts'],
    ],
    ['nothing', '{}', []],
  ])('%s is left out, and named', async (_, text, problems) => {
    const { settings, ...work } = await file(text);
    expect(work.problems.slice(1)).toEqual(problems);
    expect(settings).toEqual({ stored: [], preferences: {} });
    expect(work.policies).toHaveLength(2);
  });

  test('one that is set otherwise here stays, and what was open is no part of the work', async () => {
    const { tab } = await filled(memory!.make);
    const work = read((await tab.exportWork()).bytes);
    expect(work.settings.stored.map(({ key }) => key).toSorted()).toEqual([`baseline/${FIRST_POLICY}`, MAPPING.key]);
    const { tab: other, store } = await tabOf(await memory!.make(), 2);
    await store.putSetting(MAPPING.key, { 'tool.name': 'who' });
    expect((await other.importWork(work)).problems).toContain(
      `\`${MAPPING.key}\`: it is set otherwise here, and stays so`,
    );
    expect(await store.readSetting(MAPPING.key)).toEqual({ kind: 'found', value: { 'tool.name': 'who' } });
  });
});

test.each<[string, Uint8Array, string]>([
  ['no zip file', strToU8('policies'), 'the file cannot be read: '],
  ['another zip file', zipSync({ 'a.txt': strToU8('a') }), 'the file has no manifest'],
  ['another manifest', zipSync({ 'manifest.json': strToU8('{"format":"x"}') }), 'the file is no download of your work'],
  [
    'a newer build’s',
    zipSync({ 'manifest.json': strToU8('{"format":"policy-workspace","version":3}') }),
    'a newer build wrote the file (version 3)',
  ],
])('%s is refused', (_, bytes, message) => {
  expect(readWork(bytes)).toMatchObject({ ok: false, message: expect.stringContaining(message) as string });
});

test('an older build’s file has no digests: that is said, and its policies are imported from their bundles', async () => {
  const { tab } = await filled(memory!.make);
  const { bytes } = await tab.exportWork();
  const old = (text: string) => {
    const { files: _files, ...manifest } = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify({ ...manifest, version: 1 });
  };
  const withoutPolicy = (text: string) => text.slice(text.indexOf('\n') + 1);
  const older = changed(
    changed(changed(bytes, 'manifest.json', old), 'manifest.sha256', () => undefined),
    'history/Renamed.ndjson',
    withoutPolicy,
  );
  const work = read(older);
  expect(work.problems).toEqual([
    'an older build wrote the file, without digests: whether it is complete cannot be checked',
    'the policy `Renamed` is imported without its steps: they do not fit it',
  ]);
  expect(work.policies.map(({ head }) => head.content.name)).toEqual(['Aside', 'Renamed']);
});

test('whatever is changed in a file, reading it does not throw, and what is given out is stored or refused', async () => {
  const { tab } = await filled(memory!.make);
  const files = unzipSync((await tab.exportWork()).bytes);
  const paths = Object.keys(files);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...paths),
      fc.nat(5_000),
      fc.constantFrom('', '"', '{', '0', 'null', '[]', '\n', '\ud800', '"__proto__":1,'),
      async (path, at, text) => {
        const old = strFromU8(files[path] ?? new Uint8Array());
        const place = at % (old.length + 1);
        const next = { ...files, [path]: strToU8(old.slice(0, place) + text + old.slice(place + 1)) };
        // As an older build's: no digest protects it.
        const { 'manifest.sha256': _digest, ...unchecked } = next;
        const manifest = strFromU8(unchecked['manifest.json'] ?? new Uint8Array()).replace(
          '"version": 2',
          '"version": 1',
        );
        const found = readWork(zipSync({ ...unchecked, 'manifest.json': strToU8(manifest) }));
        if (!found.ok) return;
        const { tab: other } = await tabOf(await memory!.make(), 3);
        await other.importWork(found.work);
      },
    ),
    { numRuns: 40 },
  );
});
