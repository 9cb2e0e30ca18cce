import Dexie, { type DexieOptions, type Transaction as DexieTransaction } from 'dexie';
import type { Call } from '../engine';
import { packCalls } from '../trace';
import { type StoreBackend, type Closing, type StoreKey, type StoreTable, type StoreTransaction } from './backend';

export const DATABASE = 'policy-playground';

/**
 * The database's versions, oldest first. A change of shape is a new entry: the tables that it adds or drops (null), and
 * how the rows of the version before become rows of this one.
 * INVARIANT: an entry that was released is never edited.
 */
export interface SchemaVersion {
  readonly tables: Readonly<Record<string, string | null>>;
  readonly upgrade?: (tx: DexieTransaction) => Promise<void>;
}

export const SCHEMA: readonly SchemaVersion[] = [
  {
    tables: {
      policies: 'id',
      log: '[policyId+position]',
      versions: '[policyId+id]',
      drafts: '[policyId+ruleId]',
      settings: 'key',
      traces: 'id',
      chunks: '[traceId+index]',
      imports: 'traceId',
      quarantine: 'id',
    },
  },
  // Chunks were lists of calls.
  { tables: { lines: '[traceId+index]' }, upgrade: packChunks },
  { tables: { cases: 'id' } },
];

async function packChunks(tx: DexieTransaction): Promise<void> {
  const chunks = tx.table<{ traceId: string; index: number; calls?: unknown }, [string, number]>('chunks');
  for (const key of await chunks.toCollection().primaryKeys()) {
    const row = await chunks.get(key);
    if (row === undefined) continue;
    try {
      const { head, lines } = packCalls(row.calls as readonly Call[]);
      await tx.table('chunks').put({ traceId: row.traceId, index: row.index, head });
      await tx.table('lines').put({ traceId: row.traceId, index: row.index, text: lines });
    } catch {
      // A chunk that is none stays as it is: whoever reads it sets it aside.
    }
  }
}

const NEWER_BUILD: Closing = {
  cause: 'newer-build',
  message: 'another tab runs a newer version of the app: reload this page to go on with it',
};
const DELETED: Closing = { cause: 'deleted', message: 'the data of this page were deleted from the browser' };
const CLOSED_BY_BROWSER: Closing = { cause: 'browser', message: 'the browser closed the database' };

/** The data were written by a newer build than this one. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
  constructor() {
    super('this browser’s data were written by a newer version of the app: reload the page to get it');
  }
}

/** Opens the database, bringing it up to the present version. Rejects with the browser's error where it cannot. */
export async function openDexieBackend(
  name: string = DATABASE,
  options: Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'> = {},
  schema: readonly SchemaVersion[] = SCHEMA,
): Promise<StoreBackend> {
  // INVARIANT: Dexie must not open it again by itself: an empty database in place of a deleted one would look like data.
  const db = new Dexie(name, { ...options, autoOpen: false });
  schema.forEach((version, i) => {
    const declared = db.version(i + 1).stores({ ...version.tables });
    if (version.upgrade) declared.upgrade(version.upgrade);
  });
  const listeners = new Set<(closing: Closing) => void>();
  let isOpen = false;
  const closed = (closing: Closing) => {
    if (!isOpen) return;
    isOpen = false;
    for (const listener of [...listeners]) listener(closing);
  };
  db.on('versionchange', ({ newVersion }) => {
    // A newer build needs the database, or another tab deletes it: writing on with the old shapes would damage it.
    closed(newVersion === null ? DELETED : NEWER_BUILD);
    db.close();
    return false;
  });
  // Dexie calls this after our own `close` too: `isOpen` is false by then.
  db.on('close', () => closed(CLOSED_BY_BROWSER));
  const open = async () => {
    await db.open();
    // INVARIANT: Dexie multiplies versions by ten, and opens a newer database without an error.
    if (db.backendDB().version > schema.length * 10) {
      db.close();
      throw new NewerDatabaseError();
    }
    isOpen = true;
  };
  await open();
  return {
    kind: 'indexeddb',
    transact: (mode, tables, work) =>
      // INVARIANT: an async function, not one that returns a promise: only then does Dexie follow native awaits.
      db.transaction(mode === 'read' ? 'r' : 'rw', [...tables], async () => await work(dexieTransaction(db))),
    onClosed: (listener) => void listeners.add(listener),
    reopen: async () => {
      if (!isOpen) await open();
    },
    close: () => {
      isOpen = false;
      listeners.clear();
      db.close();
    },
  };
}

function dexieTransaction(db: Dexie): StoreTransaction {
  const between = (table: StoreTable, owner: string, from?: number, to?: number) =>
    db
      .table(table)
      .where(':id')
      .between([owner, from ?? Dexie.minKey], [owner, to ?? Dexie.maxKey], true, true);
  return {
    get: async (table, key) => await db.table(table).get(mutable(key)),
    put: async (table, row) => void (await db.table(table).put(row)),
    delete: async (table, key) => void (await db.table(table).delete(mutable(key))),
    all: async (table) => await db.table(table).toArray(),
    range: async (table, owner, from, to) => await between(table, owner, from, to).toArray(),
    deleteRange: async (table, owner, from, to) => void (await between(table, owner, from, to).delete()),
    clear: async (table) => void (await db.table(table).clear()),
  };
}

const mutable = (key: StoreKey): string | (string | number)[] => (typeof key === 'string' ? key : [...key]);
