import Dexie, { type DexieOptions, type Transaction as DexieTransaction } from 'dexie';
import type { Call } from '../engine';
import { packCalls } from '../trace';
import { type StoreBackend, type StoreKey, type StoreTable, type StoreTransaction } from './backend';

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
  const db = new Dexie(name, options);
  schema.forEach((version, i) => {
    const declared = db.version(i + 1).stores({ ...version.tables });
    if (version.upgrade) declared.upgrade(version.upgrade);
  });
  const closed = new Set<(message: string) => void>();
  const tell = (message: string) => {
    const told = [...closed];
    closed.clear();
    for (const listener of told) listener(message);
  };
  db.on('versionchange', () => {
    // A newer build wants the database (or someone deletes it): writing on with the old shapes would damage it.
    tell('another tab runs a newer version of the app, or deleted the data');
    db.close();
    return false;
  });
  // Dexie tells this of every closing, also of our own: by then nobody listens.
  db.on('close', () => tell('the browser closed the database'));
  await db.open();
  // INVARIANT: Dexie multiplies versions by ten, and opens a newer database without a word.
  if (db.backendDB().version > schema.length * 10) {
    db.close();
    throw new NewerDatabaseError();
  }
  return {
    kind: 'indexeddb',
    transact: (mode, tables, work) =>
      // INVARIANT: an async function, not one that returns a promise: only then does Dexie follow native awaits.
      db.transaction(mode === 'read' ? 'r' : 'rw', [...tables], async () => await work(dexieTransaction(db))),
    onClosed: (listener) => void closed.add(listener),
    close: () => {
      closed.clear();
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

/** Deletes the whole database: the last resort where it cannot be opened. */
export async function deleteDatabase(name: string = DATABASE): Promise<void> {
  await Dexie.delete(name);
}
