import { expect, test } from 'vitest';
import type { Call } from '../engine';
import { openMemoryStore, type TraceId } from '../store';
import { answering, fileOf } from './testkit';

test('a long import flows into storage; where there is no room, nothing of it stays and that is said', async () => {
  const ask = answering();
  const lines = Array.from({ length: 12_500 }, (_, i) => ({ id: `c${i}`, tool: { name: 'x' }, args: { n: i } }));
  await ask('importFile', { source: fileOf(...lines), name: 'long.ndjson', options: {} });
  expect(await ask('listTraces', undefined)).toEqual([]);
  const info = await ask('takeImport', { name: 'Long', catalog: undefined });
  expect(info).toMatchObject({ calls: 12_500, chunks: 13 });
  await ask('openTrace', { traceId: info.id });
  const [last] = await ask('lines', { indices: Uint32Array.of(12_499) });
  expect(last).toMatchObject({ id: 'c12499', args: '{"n":12499}' });
  for (const room of [3_000, 12_000]) {
    const { store, left } = fullStore(room);
    const asked = answering(store);
    const importing = async () => {
      await asked('importFile', { source: fileOf(...lines), name: 'long.ndjson', options: {} });
      await asked('takeImport', { name: 'Long', catalog: undefined });
    };
    await expect(importing()).rejects.toThrow('this browser has no room left for the trace');
    expect(left()).toBe(0);
  }
});

/** Storage that has room for so many calls, and counts what was begun and not taken away. */
function fullStore(room: number) {
  const store = openMemoryStore(() => 1_000);
  let begun = 0;
  const quota = { kind: 'failed', reason: 'quota', message: 'the quota has been exceeded' } as const;
  return {
    left: () => begun,
    store: {
      ...store,
      beginTrace: async (id: TraceId) => {
        const writer = await store.beginTrace(id);
        if (writer.kind === 'failed') return writer;
        begun += 1;
        let calls = 0;
        return {
          ...writer,
          append: async (more: readonly Call[]) => {
            calls += more.length;
            return calls > room ? quota : writer.append(more);
          },
          finish: writer.finish.bind(writer),
          drop: async () => {
            begun -= 1;
            await writer.drop();
          },
        };
      },
    },
  };
}
