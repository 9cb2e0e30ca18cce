import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openDexieBackend, SCHEMA } from './dexie';
import { openMemoryStore, openStore } from './open';
import { policyId, traceId } from './records';
import { silentChannel } from './channel';
import { aPolicy } from './testkit';

const HOUR = 3_600_000;
const browser = () => ({ indexedDB: new IDBFactory(), IDBKeyRange });
const open = (indexedDB: NonNullable<Parameters<typeof openStore>[0]['indexedDB']>, now = 0, patience = 1_000) =>
  openStore({ now: () => now, name: 'test', indexedDB, channel: silentChannel, patience });
afterEach(() => vi.restoreAllMocks());

/** A browser whose `indexedDB.open` does as the test says. */
function refusing(open: () => IDBOpenDBRequest) {
  const options = browser();
  options.indexedDB.open = open as never;
  return options;
}

describe('opening storage', () => {
  test('takes the browser’s database', async () => {
    const options = browser();
    const first = await open(options);
    expect(first.kind).toBe('indexeddb');
    await first.store.createPolicy(policyId('p'), aPolicy(), 1);
    first.store.close();
    const second = await open(options);
    expect(await second.store.listPolicies()).toMatchObject({ values: [{ id: 'p' }] });
    second.store.close();
  });

  test.each([
    [
      'refuses',
      () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
      { reason: 'refused', message: 'The operation is insecure.' },
    ],
    [
      'does not allow it here',
      () => {
        throw new DOMException(
          'A mutation operation was attempted on a database that did not allow mutations.',
          'InvalidStateError',
        );
      },
      { reason: 'closed', message: 'A mutation operation was attempted on a database that did not allow mutations.' },
    ],
    [
      'never answers',
      () => ({}) as never,
      { reason: 'other', message: 'the browser did not open its database in time' },
    ],
  ])('works in memory where the browser %s, and says why', async (_what, opening, failure) => {
    const opened = await open(refusing(opening), 0, 50);
    expect(opened).toMatchObject({
      kind: 'memory',
      failure: { kind: 'failed', ...failure },
      store: { kind: 'memory' },
    });
    expect(await opened.store.createPolicy(policyId('p'), aPolicy(), 1)).toMatchObject({ kind: 'created' });
  });

  test('works in memory where there is no database at all', async () => {
    const opened = await open({ indexedDB: undefined as never, IDBKeyRange });
    expect(opened).toMatchObject({ kind: 'memory', failure: { kind: 'failed' } });
  });

  test('works in memory where the first write is refused', async () => {
    const options = browser();
    const full = new DOMException('no room', 'QuotaExceededError');
    const { FDBObjectStore } = await import('fake-indexeddb').then((all) => ({ FDBObjectStore: all.IDBObjectStore }));
    vi.spyOn(FDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw full;
    });
    const opened = await open(options);
    expect(opened).toMatchObject({ kind: 'memory', failure: { kind: 'failed', reason: 'quota', message: 'no room' } });
  });

  test('leaves the data of a newer build alone', async () => {
    const options = browser();
    (await openDexieBackend('test', options, [...SCHEMA, { tables: { later: 'id' } }])).close();
    expect(await open(options)).toMatchObject({
      kind: 'memory',
      failure: { message: 'this browser’s data were written by a newer version of the app: reload the page to get it' },
    });
  });

  test('sweeps up after imports that died over an hour ago', async () => {
    const options = browser();
    const backend = await openDexieBackend('test', options);
    await backend.transact('write', ['imports', 'chunks'], async (tx) => {
      await tx.put('imports', { traceId: 'dead', at: 0 });
      await tx.put('chunks', { traceId: 'dead', index: 0, calls: [] });
      await tx.put('imports', { traceId: 'alive', at: 1 });
    });
    const { store } = await open(options, HOUR + 1);
    const left = await backend.transact('read', ['imports', 'chunks'], async (tx) => [
      await tx.all('imports'),
      await tx.all('chunks'),
    ]);
    expect(left).toEqual([[{ traceId: 'alive', at: 1 }], []]);
    store.close();
    backend.close();
  });

  test('tabs hear of each other through the browser’s channel', async () => {
    const options = browser();
    const tab = () => openStore({ now: () => 0, name: 'heard', indexedDB: options });
    const [one, two] = [await tab(), await tab()];
    const heard = new Promise((resolve) => two.store.watch(resolve));
    await one.store.createPolicy(policyId('p'), aPolicy(), 1);
    expect(await heard).toEqual({ change: { kind: 'policies' }, from: 'elsewhere' });
    one.store.close();
    two.store.close();
  });

  test('by choice, in memory', async () => {
    const store = openMemoryStore(() => 0);
    expect(store.kind).toBe('memory');
    expect(await store.readTraceMeta(traceId('t'))).toEqual({ kind: 'missing' });
    store.close();
  });
});
