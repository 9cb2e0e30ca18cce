/**
 * What storage is built on: tables of rows in transactions that happen wholly or not at all. Two make it, IndexedDB
 * (through Dexie) and memory; everything above is written once.
 */

/** Each table's primary key, in Dexie's notation. Rows carry their keys. */
export const TABLES = {
  policies: 'id',
  log: '[policyId+position]',
  versions: '[policyId+id]',
  drafts: '[policyId+ruleId]',
  settings: 'key',
  traces: 'id',
  chunks: '[traceId+index]',
  lines: '[traceId+index]',
  imports: 'traceId',
  cases: 'id',
  quarantine: 'id',
} as const satisfies Record<string, string>;

export type StoreTable = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as readonly StoreTable[];

export type StoreKey = string | readonly [owner: string, within: string | number];

/** Rows come back as they were found: nothing here checks them. */
export interface StoreTransaction {
  get(table: StoreTable, key: StoreKey): Promise<unknown>;
  put(table: StoreTable, row: object): Promise<void>;
  delete(table: StoreTable, key: StoreKey): Promise<void>;
  /** All rows, by key. */
  all(table: StoreTable): Promise<readonly unknown[]>;
  /** The rows whose key begins with `owner`, and ends between `from` and `to` (both included) where they are given. */
  range(table: StoreTable, owner: string, from?: number, to?: number): Promise<readonly unknown[]>;
  deleteRange(table: StoreTable, owner: string, from?: number, to?: number): Promise<void>;
  clear(table: StoreTable): Promise<void>;
}

/** How the database was closed under us. After `deleted` and `browser`, what was stored may be gone. */
export interface Closing {
  readonly cause: 'newer-build' | 'deleted' | 'browser';
  readonly message: string;
}

export interface StoreBackend {
  readonly kind: 'indexeddb' | 'memory';
  /**
   * Runs `work` in one transaction; where it or the commit fails, nothing is written and the promise rejects.
   * INVARIANT: `work` awaits nothing but the transaction's own methods (IndexedDB commits when it idles).
   */
  transact<T>(
    mode: 'read' | 'write',
    tables: readonly StoreTable[],
    work: (tx: StoreTransaction) => Promise<T>,
  ): Promise<T>;
  /** Called whenever the database is closed under us. */
  onClosed(listener: (closing: Closing) => void): void;
  /** Opens the database again after it was closed under us; rejects with the browser's error where it cannot. */
  reopen(): Promise<void>;
  close(): void;
}

/** The key of a row, read out of it; undefined where the row does not carry one. */
export function keyOf(table: StoreTable, row: unknown): StoreKey | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  const parts = TABLES[table].replace(/[[\]]/g, '').split('+');
  const values = parts.map((name) => (row as Record<string, unknown>)[name]);
  const [owner, within] = values;
  if (typeof owner !== 'string') return undefined;
  if (parts.length === 1) return owner;
  return typeof within === 'string' || typeof within === 'number' ? [owner, within] : undefined;
}
