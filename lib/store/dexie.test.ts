import Dexie from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { packCalls } from '../trace';
import { TABLES } from './backend';
import type { Closing } from './backend';
import { openDexieBackend, SCHEMA } from './dexie';
import { someCalls } from './testkit';

const browser = () => ({ indexedDB: new IDBFactory(), IDBKeyRange });
afterEach(() => vi.restoreAllMocks());

describe('the database', () => {
  test('brings rows of an older version up to this one, and keeps the rest', async () => {
    const options = browser();
    const before = await openDexieBackend('test', options);
    await before.transact('write', ['settings', 'traces'], async (tx) => {
      await tx.put('settings', { key: 'a', value: 1 });
      await tx.put('traces', { id: 't' });
    });
    before.close();
    const after = await openDexieBackend('test', options, [
      ...SCHEMA,
      {
        tables: { imports: null, later: 'id' },
        upgrade: async (tx) => {
          await tx
            .table('settings')
            .toCollection()
            .modify((row: { value: number }) => void (row.value += 1));
        },
      },
    ]);
    const rows = await after.transact('read', ['settings', 'traces'], async (tx) => [
      await tx.all('settings'),
      await tx.all('traces'),
    ]);
    expect(rows).toEqual([[{ key: 'a', value: 2 }], [{ id: 't' }]]);
    after.close();
  });

  test('packs the chunks of the first version, and leaves what is no chunk', async () => {
    const options = browser();
    const calls = someCalls(3).map((call) => ({ ...call, agent: { slug: 'cursor' } }));
    const before = await openDexieBackend('test', options, SCHEMA.slice(0, 1));
    await before.transact('write', ['chunks'], async (tx) => {
      await tx.put('chunks', { traceId: 't', index: 0, calls });
      await tx.put('chunks', { traceId: 't', index: 1, calls: 'none' });
    });
    before.close();
    const after = await openDexieBackend('test', options);
    const [chunks, lines] = await after.transact('read', ['chunks', 'lines'], async (tx) => [
      await tx.all('chunks'),
      await tx.all('lines'),
    ]);
    const packed = packCalls(calls);
    expect(chunks).toEqual([
      { traceId: 't', index: 0, head: packed.head },
      { traceId: 't', index: 1, calls: 'none' },
    ]);
    expect(lines).toEqual([{ traceId: 't', index: 0, text: packed.lines }]);
    after.close();
  });

  test('of a newer build is left alone', async () => {
    const options = browser();
    (await openDexieBackend('test', options, [...SCHEMA, { tables: { later: 'id' } }])).close();
    await expect(openDexieBackend('test', options)).rejects.toMatchObject({
      name: 'NewerDatabaseError',
      message: 'this browser’s data were written by a newer version of the app: reload the page to get it',
    });
    (await openDexieBackend('test', options, [...SCHEMA, { tables: { later: 'id' } }])).close();
  });

  test('makes way for a newer build, says so, and writes no more', async () => {
    const options = browser();
    const old = await openDexieBackend('test', options);
    const closings: Closing[] = [];
    old.onClosed((closing) => closings.push(closing));
    const newer = await openDexieBackend('test', options, [...SCHEMA, { tables: { later: 'id' } }]);
    expect(closings).toMatchObject([{ cause: 'newer-build' }]);
    const put = old.transact('write', ['settings'], (tx) => tx.put('settings', { key: 'a', value: 1 }));
    await expect(put).rejects.toMatchObject({ name: 'DatabaseClosedError' });
    expect(await newer.transact('read', ['settings'], (tx) => tx.all('settings'))).toEqual([]);
    await expect(old.reopen()).rejects.toMatchObject({ name: 'NewerDatabaseError' });
    newer.close();
  });

  test('says that it was deleted, stays closed until it is opened again, and says it once more', async () => {
    const options = browser();
    const backend = await openDexieBackend('test', options);
    const closings: Closing[] = [];
    backend.onClosed((closing) => closings.push(closing));
    const put = () => backend.transact('write', ['settings'], (tx) => tx.put('settings', { key: 'a', value: 1 }));
    await put();
    await backend.reopen();
    for (const times of [1, 2]) {
      await new Dexie('test', options).delete();
      expect(closings).toHaveLength(times);
      expect(closings.at(-1)?.cause).toBe('deleted');
      await expect(put()).rejects.toMatchObject({ name: 'DatabaseClosedError' });
      await backend.reopen();
      expect(await backend.transact('read', ['settings'], (tx) => tx.all('settings'))).toEqual([]);
      await put();
    }
    backend.close();
  });

  test('says nothing when it is closed from here', async () => {
    const backend = await openDexieBackend('test', browser());
    const notified = vi.fn();
    backend.onClosed(notified);
    backend.close();
    expect(notified).not.toHaveBeenCalled();
  });

  test('has every table under its key', async () => {
    const options = browser();
    (await openDexieBackend('test', options)).close();
    const db = await new Dexie('test', options).open();
    const keys = Object.fromEntries(db.tables.map(({ name, schema }) => [name, schema.primKey.src]));
    db.close();
    expect(keys).toEqual(TABLES);
  });
});
