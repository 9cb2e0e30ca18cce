import type { Json } from '../engine';
import { TABLE_NAMES, type StoreBackend } from './backend';
import type { StoreChannel } from './channel';
import { deleteRow, done, isFailure, listRows, putRow, readRow, write, type StoreContext } from './context';
import { attempt } from './failure';
import { policies } from './policies';
import type { Quarantined, SavedCase, StoredSetting } from './records';
import type { StoreChange, ObservedChange, Store } from './store';
import { traces } from './traces';
import { versionsAndDrafts } from './versions';

/** The store over a backend: all that is the same in the browser's database and in memory. */
export function createStore(backend: StoreBackend, channel: StoreChannel, now: () => number): Store {
  const listeners = new Set<(observed: ObservedChange) => void>();
  const notify = (observed: ObservedChange) => {
    for (const listener of [...listeners]) listener(observed);
  };
  const announce = (change: StoreChange) => {
    notify({ change, from: 'here' });
    channel.post(change);
  };
  channel.receive((change) => notify({ change, from: 'elsewhere' }));
  backend.onClosed((closing) => notify({ change: { kind: 'closed', ...closing }, from: 'elsewhere' }));
  // A tab that was ended between a write and its message has left the others behind: they read again when one is opened.
  channel.post({ kind: 'policies' });
  const context: StoreContext = { backend, now, announce };

  return {
    kind: backend.kind,
    ...policies(context),
    ...versionsAndDrafts(context),
    ...traces(context),

    async readSetting(key) {
      const read = await readRow<{ readonly value: Json }>(context, 'settings', key);
      return read.kind === 'found' ? { kind: 'found', value: read.value.value } : read;
    },
    listSettings: () => listRows<StoredSetting>(context, 'settings'),
    putSetting: (key, value) => putRow(context, 'settings', { key, value }, { kind: 'settings' }),

    listCases: () => listRows<SavedCase>(context, 'cases'),
    putCase: (saved) => putRow(context, 'cases', saved, { kind: 'cases' }),
    deleteCase: (id) => deleteRow(context, 'cases', id, { kind: 'cases' }),

    async listQuarantined() {
      const rows = await attempt(() => backend.transact('read', ['quarantine'], (tx) => tx.all('quarantine')));
      return isFailure(rows) ? rows : { kind: 'listed', values: rows.map(asQuarantined) };
    },
    deleteQuarantined: (id) => deleteRow(context, 'quarantine', id, { kind: 'quarantine' }),

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
