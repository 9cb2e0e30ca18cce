import {
  keyOf,
  TABLE_NAMES,
  type StoreBackend,
  type StoreKey,
  type StoreTable,
  type StoreTransaction,
} from './backend';

type MemoryRows = Map<string, { readonly key: StoreKey; readonly row: object }>;

/** Storage that lasts as long as the page. Rows are kept as they are given: no caller may change one afterwards. */
export function createMemoryBackend(): StoreBackend {
  const tables = new Map<StoreTable, MemoryRows>(TABLE_NAMES.map((name) => [name, new Map()]));
  let tail: Promise<unknown> = Promise.resolve();
  return {
    kind: 'memory',
    transact(_mode, names, work) {
      // One after the other, each on copies of the tables' maps, which take the tables' places when it succeeds.
      const run = tail.then(async () => {
        const copies = new Map<StoreTable, MemoryRows>();
        const result = await work(memoryTransaction(tables, copies, names));
        for (const [name, rows] of copies) tables.set(name, rows);
        return result;
      });
      tail = run.catch(() => undefined);
      return run;
    },
    onClosed() {},
    reopen: async () => {},
    close() {},
  };
}

function memoryTransaction(
  tables: ReadonlyMap<StoreTable, MemoryRows>,
  copies: Map<StoreTable, MemoryRows>,
  names: readonly StoreTable[],
): StoreTransaction {
  const reading = (table: StoreTable): MemoryRows => {
    if (!names.includes(table)) throw new Error(`the table \`${table}\` is not in this transaction`);
    return copies.get(table) ?? tables.get(table) ?? new Map();
  };
  const writing = (table: StoreTable): MemoryRows => {
    const copy = copies.get(table) ?? new Map(reading(table));
    copies.set(table, copy);
    return copy;
  };
  const range = (table: StoreTable, owner: string, from = -Infinity, to = Infinity) =>
    [...reading(table).values()]
      .filter(
        ({ key: [first, within] }) =>
          first === owner && (typeof within !== 'number' || (within >= from && within <= to)),
      )
      .sort((a, b) => compareKeys(a.key, b.key));
  return {
    async get(table, key) {
      return reading(table).get(keyText(key))?.row;
    },
    async put(table, row) {
      const key = keyOf(table, row);
      if (key === undefined) throw new Error(`a row of \`${table}\` carries no key`);
      writing(table).set(keyText(key), { key, row });
    },
    async delete(table, key) {
      writing(table).delete(keyText(key));
    },
    async all(table) {
      return [...reading(table).values()].sort((a, b) => compareKeys(a.key, b.key)).map(({ row }) => row);
    },
    async range(table, owner, from, to) {
      return range(table, owner, from, to).map(({ row }) => row);
    },
    async deleteRange(table, owner, from, to) {
      const rows = writing(table);
      for (const { key } of range(table, owner, from, to)) rows.delete(keyText(key));
    },
    async clear(table) {
      writing(table).clear();
    },
  };
}

const keyText = (key: StoreKey): string => JSON.stringify(key);

function compareKeys(a: StoreKey, b: StoreKey): number {
  const [x, y] = [typeof a === 'string' ? [a] : a, typeof b === 'string' ? [b] : b];
  for (let i = 0; i < x.length && i < y.length; i++) {
    const [m, n] = [x[i] ?? '', y[i] ?? ''];
    if (m !== n) return m < n ? -1 : 1;
  }
  return x.length - y.length;
}
