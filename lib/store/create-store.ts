import type { Json } from '../engine';
import { TABLE_NAMES, type StoreBackend } from './backend';
import type { StoreChannel } from './channel';
import { done, isFailure, listed, missing, readSoundly, write, type StoreContext } from './context';
import { attempt } from './failure';
import { policiesOf } from './policies';
import type { Quarantined } from './records';
import type { StoreChange, ObservedChange, Store } from './store';
import { tracesOf } from './traces';

/** The store over a backend: all that is the same in the browser's database and in memory. */
export function createStore(backend: StoreBackend, channel: StoreChannel, now: () => number): Store {
  const listeners = new Set<(observed: ObservedChange) => void>();
  const tell = (observed: ObservedChange) => {
    for (const listener of [...listeners]) listener(observed);
  };
  const announce = (change: StoreChange) => {
    tell({ change, from: 'here' });
    channel.post(change);
  };
  channel.receive((change) => tell({ change, from: 'elsewhere' }));
  backend.onClosed((closing) => tell({ change: { kind: 'closed', ...closing }, from: 'elsewhere' }));
  const context: StoreContext = { backend, now, announce };

  return {
    kind: backend.kind,
    ...policiesOf(context),
    ...tracesOf(context),

    async readSetting(key) {
      const row = await readSoundly(context, ['settings'], async (tx, sound) =>
        sound<{ value: Json }>('settings', await tx.get('settings', key)),
      );
      if (row === undefined) return missing;
      return isFailure(row) ? row : { kind: 'found', value: row.value };
    },

    putSetting: (key, value) =>
      write(
        context,
        ['settings'],
        async (tx) => {
          await tx.put('settings', { key, value });
          return done;
        },
        () => ({ kind: 'settings' }),
      ),

    async listQuarantined() {
      return listed(
        await attempt(() =>
          backend.transact('read', ['quarantine'], async (tx) => (await tx.all('quarantine')).map(asQuarantined)),
        ),
      );
    },

    deleteQuarantined: (id) =>
      write(
        context,
        ['quarantine'],
        async (tx) => {
          await tx.delete('quarantine', id);
          return done;
        },
        () => ({ kind: 'quarantine' }),
      ),

    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    deleteEverything: () =>
      write(
        context,
        TABLE_NAMES,
        async (tx) => {
          for (const table of TABLE_NAMES) await tx.clear(table);
          return done;
        },
        () => ({ kind: 'erased' }),
      ),

    reopen: () =>
      attempt(async () => {
        await backend.reopen();
        return done;
      }),

    close() {
      listeners.clear();
      channel.close();
      backend.close();
    },
  };
}

/** A row of the quarantine: even one that is itself damaged is shown. */
function asQuarantined(row: unknown): Quarantined {
  const { id, table, key, problem, at, row: kept } = row as { readonly [K in keyof Quarantined]: unknown };
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    id: text(id),
    table: text(table),
    key: text(key),
    problem: text(problem),
    at: typeof at === 'number' ? at : 0,
    row: kept,
  };
}
