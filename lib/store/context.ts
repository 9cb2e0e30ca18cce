import { keyOf, type StoreBackend, type StoreKey, type StoreTable, type StoreTransaction } from './backend';
import { attempt } from './failure';
import type { ListOutcome, ReadOutcome, StoreChange, StoreFailure, WriteOutcome } from './store';
import { problemOf } from './validate';

/** What the parts of a store share. */
export interface StoreContext {
  readonly backend: StoreBackend;
  readonly now: () => number;
  /** Notifies this tab and the others; only after the transaction is through. */
  readonly announce: (change: StoreChange) => void;
}

type CheckedTable = Exclude<StoreTable, 'quarantine'>;

/**
 * Reads in one transaction; rows that are not what they should be are set aside (in a second one) and left out.
 * `look` is handed a `sound` to pass each row through: it gives the row, typed, or undefined.
 */
export async function readSoundly<T>(
  context: StoreContext,
  tables: readonly CheckedTable[],
  look: (tx: StoreTransaction, sound: CheckRow) => Promise<T>,
): Promise<T | StoreFailure> {
  const unsound: { table: CheckedTable; row: unknown; problem: string }[] = [];
  const sound: CheckRow = <Row>(table: CheckedTable, row: unknown) => {
    if (row === undefined) return undefined;
    const problem = problemOf(table, row);
    if (problem === null) return row as Row;
    unsound.push({ table, row, problem });
    return undefined;
  };
  const result = await attempt(() => context.backend.transact('read', tables, (tx) => look(tx, sound)));
  for (const { table, row, problem } of unsound) await setAside(context, table, row, problem);
  return result;
}

export type CheckRow = <Row>(table: CheckedTable, row: unknown) => Row | undefined;

/** Moves a row that cannot be read into quarantine, a policy with its log. Where even that fails, it stays where it is. */
export async function setAside(
  context: StoreContext,
  table: CheckedTable,
  row: unknown,
  problem: string,
): Promise<void> {
  const key = keyOf(table, row);
  if (key === undefined) return;
  const at = context.now();
  const name = typeof key === 'string' ? key : key.join(' ');
  const moved = await attempt(() =>
    context.backend.transact('write', [...new Set([table, 'log', 'quarantine'] as const)], async (tx) => {
      const now = await tx.get(table, key);
      // Another tab may have been here, or have written the row anew.
      if (now === undefined || problemOf(table, now) === null) return false;
      const log = table === 'policies' && typeof key === 'string' ? await tx.range('log', key) : null;
      const kept = log === null ? now : { policy: now, log };
      await tx.put('quarantine', { id: `${table} ${name} ${at}`, table, key: name, problem, at, row: kept });
      await tx.delete(table, key);
      if (log !== null && typeof key === 'string') await tx.deleteRange('log', key);
      return true;
    }),
  );
  if (moved === true) context.announce({ kind: 'quarantine' });
}

/** Writes in one transaction, and announces the change when it is through. */
export async function write<T>(
  context: StoreContext,
  tables: readonly StoreTable[],
  work: (tx: StoreTransaction) => Promise<T>,
  change?: (result: T) => StoreChange | null,
): Promise<T | StoreFailure> {
  const result = await attempt(async () => ({ value: await context.backend.transact('write', tables, work) }));
  if (!('value' in result)) return result;
  const announced = change?.(result.value) ?? null;
  if (announced) context.announce(announced);
  return result.value;
}

/** The sound rows of a table that `find` gives; the others are set aside. */
export async function listRows<Row>(
  context: StoreContext,
  table: CheckedTable,
  find: (tx: StoreTransaction) => Promise<readonly unknown[]> = (tx) => tx.all(table),
): Promise<ListOutcome<Row>> {
  const rows = await readSoundly(context, [table], async (tx, sound) =>
    (await find(tx)).flatMap((row) => sound<Row>(table, row) ?? []),
  );
  return isFailure(rows) ? rows : { kind: 'listed', values: rows };
}

/** One sound row. */
export async function readRow<Row>(
  context: StoreContext,
  table: CheckedTable,
  key: StoreKey,
): Promise<ReadOutcome<Row>> {
  const row = await readSoundly(context, [table], async (tx, sound) => sound<Row>(table, await tx.get(table, key)));
  if (row === undefined) return missing;
  return isFailure(row) ? row : { kind: 'found', value: row };
}

export function putRow(
  context: StoreContext,
  table: StoreTable,
  row: object,
  change: StoreChange,
): Promise<WriteOutcome> {
  const put = (tx: StoreTransaction) => tx.put(table, row).then(() => done);
  return write(context, [table], put, () => change);
}

export function deleteRow(
  context: StoreContext,
  table: StoreTable,
  key: StoreKey,
  change: StoreChange,
): Promise<WriteOutcome> {
  const remove = (tx: StoreTransaction) => tx.delete(table, key).then(() => done);
  return write(context, [table], remove, () => change);
}

export const done = { kind: 'done' } as const;
export const missing = { kind: 'missing' } as const;

export function isFailure(result: unknown): result is StoreFailure {
  return typeof result === 'object' && result !== null && (result as { kind?: unknown }).kind === 'failed';
}

/** One row that is to be changed: undefined where it is missing, or not what it should be. */
export async function soundRow<Row>(
  tx: StoreTransaction,
  table: CheckedTable,
  key: StoreKey,
): Promise<Row | undefined> {
  const row = await tx.get(table, key);
  return row !== undefined && problemOf(table, row) === null ? (row as Row) : undefined;
}
