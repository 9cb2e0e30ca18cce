import type { DexieOptions } from 'dexie';
import { broadcastChannel, silentChannel, type StoreChannel } from './channel';
import { createStore } from './create-store';
import { DATABASE, openDexieBackend } from './dexie';
import { failureOf } from './failure';
import { createMemoryBackend } from './memory';
import { isFailure } from './context';
import type { StoreFailure, Store } from './store';
import type { StoreBackend } from './backend';

export interface OpenOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The database's name; one for the app, unless a test needs its own. */
  readonly name?: string;
  readonly indexedDB?: DexieOptions;
  /** The way to other tabs; the browser's `BroadcastChannel` unless given. */
  readonly channel?: StoreChannel;
  /** How long the browser may take to open the database, in milliseconds. */
  readonly patience?: number;
}

export type OpenedStore =
  | { readonly kind: 'indexeddb'; readonly store: Store }
  /** Nothing will be kept: `failure` says why, in the browser's words. */
  | { readonly kind: 'memory'; readonly store: Store; readonly failure: StoreFailure };

/** An import that was not heard of for so long (an hour) has died with its tab. */
const DEAD_IMPORT = 3_600_000;
const PATIENCE = 8_000;

/**
 * Opens storage: the browser's database, or memory where that is refused, broken, or does not answer.
 * Never rejects.
 */
export async function openStore(options: OpenOptions): Promise<OpenedStore> {
  const name = options.name ?? DATABASE;
  const opening = openAndProbe(name, options.indexedDB);
  const backend = await withPatience(opening, options.patience ?? PATIENCE);
  if (isFailure(backend)) {
    // Should it open after all, it must not stand in the way of other tabs.
    void opening.then((late) => isFailure(late) || late.close());
    const store = createStore(createMemoryBackend(), silentChannel, options.now);
    return { kind: 'memory', store, failure: backend };
  }
  const store = createStore(backend, options.channel ?? broadcastChannel(name), options.now);
  await store.sweepImports(options.now() - DEAD_IMPORT);
  return { kind: 'indexeddb', store };
}

/** Some browsers open the database and refuse the first write. */
async function openAndProbe(name: string, indexedDB: OpenOptions['indexedDB']): Promise<StoreBackend | StoreFailure> {
  let backend: StoreBackend | undefined;
  try {
    backend = await openDexieBackend(name, indexedDB);
    await backend.transact('write', ['settings'], (tx) => tx.put('settings', { key: 'probe', value: null }));
    return backend;
  } catch (error) {
    backend?.close();
    return failureOf(error);
  }
}

function withPatience<T>(work: Promise<T>, milliseconds: number): Promise<T | StoreFailure> {
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => resolve({ kind: 'failed', reason: 'other', message: 'the browser did not open its database in time' }),
      milliseconds,
    );
    void work.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

/** Storage that keeps nothing, by choice: embedded pages. */
export function openMemoryStore(now: () => number): Store {
  return createStore(createMemoryBackend(), silentChannel, now);
}
