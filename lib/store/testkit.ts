import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { callId, ruleId, type Call, type Rule } from '../engine';
import type { StoreBackend, StoreTable } from './backend';
import { silentChannel, type StoreChannel } from './channel';
import { createStore } from './create-store';
import { openDexieBackend } from './dexie';
import { createMemoryBackend } from './memory';
import type { PolicyContent } from './records';
import type { StoreChange, Store } from './store';

/** For tests: one browser's data, of which any number of tabs can be opened. */
export interface StoreBench {
  /** A `silent` one posts nothing to the others, as one that ends right after each write. */
  tab(options?: { silent?: boolean }): Promise<Store>;
  /** From now on `fault` says of each row that is written whether that fails, and with what. */
  failWrites(fault: ((table: StoreTable, row: object) => Error | null) | null): void;
  /** Writes a row past all checks. */
  putRaw(table: StoreTable, row: object): Promise<void>;
  allRaw(table: StoreTable): Promise<readonly unknown[]>;
  clock: { now: number };
}

export const implementations: readonly { readonly name: string; readonly make: () => Promise<StoreBench> }[] = [
  { name: 'memory', make: async () => bench(sameBackend(createMemoryBackend())) },
  {
    name: 'indexeddb',
    make: async () => {
      const options = { indexedDB: new IDBFactory(), IDBKeyRange };
      return bench(() => openDexieBackend('test', options));
    },
  },
];

const sameBackend = (backend: StoreBackend) => async () => ({ ...backend, close() {} });

function bench(open: () => Promise<StoreBackend>): StoreBench {
  let fault: ((table: StoreTable, row: object) => Error | null) | null = null;
  const channels = new Set<(change: StoreChange) => void>();
  const clock = { now: 1_000 };
  const faulty = (backend: StoreBackend): StoreBackend => ({
    ...backend,
    transact: (mode, tables, work) =>
      backend.transact(mode, tables, (tx) =>
        work({
          ...tx,
          put: async (table, row) => {
            const error = fault?.(table, row);
            if (error) throw error;
            await tx.put(table, row);
          },
        }),
      ),
  });
  return {
    clock,
    async tab({ silent = false } = {}) {
      return createStore(faulty(await open()), silent ? silentChannel : linkedChannel(channels), () => clock.now);
    },
    failWrites(next) {
      fault = next;
    },
    async putRaw(table, row) {
      const backend = await open();
      await backend.transact('write', [table], (tx) => tx.put(table, row));
      backend.close();
    },
    async allRaw(table) {
      const backend = await open();
      const rows = await backend.transact('read', [table], (tx) => tx.all(table));
      backend.close();
      return rows;
    },
  };
}

/** A channel within one realm that delivers at once, to every other end. */
function linkedChannel(ends: Set<(change: StoreChange) => void>): StoreChannel {
  const own = new Set<(change: StoreChange) => void>();
  return {
    post: (change) => [...ends].filter((end) => !own.has(end)).forEach((end) => end(structuredClone(change))),
    receive: (listener) => {
      own.add(listener);
      ends.add(listener);
    },
    close: () => own.forEach((end) => ends.delete(end)),
  };
}

export function quotaError(): Error {
  return new DOMException('the quota has been exceeded', 'QuotaExceededError');
}

export function aRule(id: string, over: Partial<Rule> = {}): Rule {
  return {
    id: ruleId(id),
    name: `Rule ${id}`,
    description: '',
    effect: 'allow',
    status: 'active',
    scope: { resources: [], agents: [], instances: [], users: [], groups: [] },
    tools: ['*'],
    condition: null,
    ...over,
  };
}

export function aPolicy(...rules: readonly Rule[]): PolicyContent {
  return { name: 'Acme', description: '', rules, settings: { gatedWhenFalse: 'continue' } };
}

export function someCalls(count: number, from = 0): readonly Call[] {
  return Array.from({ length: count }, (_, i) => ({
    id: callId(`c${from + i}`),
    tool: { name: 'send' },
    args: { n: i },
  }));
}
