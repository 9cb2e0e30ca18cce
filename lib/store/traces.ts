import type { Call } from '../engine';
import { unpackCalls } from '../trace';
import {
  done,
  isFailure,
  listRows,
  missing,
  readRow,
  readSoundly,
  soundRow,
  write,
  type StoreContext,
} from './context';
import { attempt } from './failure';
import { CHUNK_CALLS, type TraceChunk, type TraceId, type TraceLines, type TraceMeta } from './records';
import type { ChunkRead, HeadRead, Store, StoreDone, StoreFailure, StoreMissing, WriteOutcome } from './store';
import { beginTrace, dropImport, putChunk, putTrace } from './trace-writer';

type Traces = Pick<
  Store,
  | 'listTraces'
  | 'readTraceMeta'
  | 'putTrace'
  | 'beginTrace'
  | 'appendCalls'
  | 'readTrace'
  | 'readHeads'
  | 'readLines'
  | 'renameTrace'
  | 'deleteTrace'
  | 'sweepImports'
>;

/** Traces: a row of metadata, and the calls in chunks. A trace without its metadata does not exist. */
export const traces = (context: StoreContext): Traces => ({
  listTraces: () => listRows<TraceMeta>(context, 'traces'),
  readTraceMeta: (id) => readRow<TraceMeta>(context, 'traces', id),
  putTrace: (start, chunks, stop = () => false) => putTrace(context, start, chunks, stop),
  beginTrace: (id) => beginTrace(context, id),
  appendCalls: (id, calls) => appendCalls(context, id, calls),
  readTrace: (id) => readTrace(context, id),
  readHeads: (id) => readHeads(context, id),
  readLines: (id, from, to) => listRows<TraceLines>(context, 'lines', (tx) => tx.range('lines', id, from, to)),
  renameTrace: (id, name) => renameTrace(context, id, name),
  deleteTrace: (id) => deleteTrace(context, id),
  sweepImports: (before) => sweepImports(context, before),
});

function appendCalls(context: StoreContext, id: TraceId, calls: readonly Call[]): ReturnType<Store['appendCalls']> {
  return write(
    context,
    ['traces', 'chunks', 'lines'],
    async (tx) => {
      const meta = await soundRow<TraceMeta>(tx, 'traces', id);
      if (!meta) return missing;
      const last: readonly [TraceId, number] = [id, meta.chunks - 1];
      const chunk = meta.chunks === 0 ? undefined : await soundRow<TraceChunk>(tx, 'chunks', last);
      const lines = chunk && (await soundRow<TraceLines>(tx, 'lines', last));
      // A last chunk that is full, or cannot be read, is left alone.
      const tail = chunk && lines && chunk.head.size < CHUNK_CALLS ? unpacked(chunk, lines) : undefined;
      const rest = tail ? [...tail, ...calls] : calls;
      let index = tail ? meta.chunks - 1 : meta.chunks;
      for (let from = 0; from < rest.length; from += CHUNK_CALLS) {
        await putChunk(tx, id, index, rest.slice(from, from + CHUNK_CALLS));
        index += 1;
      }
      const next: TraceMeta = { ...meta, calls: meta.calls + calls.length, chunks: Math.max(index, meta.chunks) };
      await tx.put('traces', next);
      return { kind: 'stored', meta: next } as const;
    },
    (result) => (result.kind === 'stored' ? { kind: 'traces' } : null),
  );
}

async function* readTrace(context: StoreContext, id: TraceId): AsyncIterable<ChunkRead> {
  const meta = await readRow<TraceMeta>(context, 'traces', id);
  if (meta.kind !== 'found') return void (yield meta);
  for (let index = 0; index < meta.value.chunks; index++) {
    const calls = await readSoundly(context, ['chunks', 'lines'], async (tx, sound) => {
      const chunk = sound<TraceChunk>('chunks', await tx.get('chunks', [id, index]));
      const lines = sound<TraceLines>('lines', await tx.get('lines', [id, index]));
      return chunk && lines && unpacked(chunk, lines);
    });
    if (isFailure(calls)) return void (yield calls);
    yield calls ? { kind: 'calls', index, calls } : { kind: 'lost', index };
  }
}

/** How many heads are read in one transaction. */
const HEADS_AT_ONCE = 50;

async function* readHeads(context: StoreContext, id: TraceId): AsyncIterable<HeadRead> {
  const meta = await readRow<TraceMeta>(context, 'traces', id);
  if (meta.kind !== 'found') return void (yield meta);
  const { chunks } = meta.value;
  for (let from = 0; from < chunks; from += HEADS_AT_ONCE) {
    const to = Math.min(chunks, from + HEADS_AT_ONCE) - 1;
    const found = await listRows<TraceChunk>(context, 'chunks', (tx) => tx.range('chunks', id, from, to));
    if (found.kind !== 'listed') return void (yield found);
    for (const { index, head } of found.values) yield { kind: 'head', index, head };
  }
}

function renameTrace(
  context: StoreContext,
  id: TraceId,
  name: string,
): Promise<StoreDone | StoreMissing | StoreFailure> {
  return write(
    context,
    ['traces'],
    async (tx) => {
      const meta = await soundRow<TraceMeta>(tx, 'traces', id);
      if (!meta) return missing;
      await tx.put('traces', { ...meta, name });
      return done;
    },
    (result) => (result.kind === 'done' ? { kind: 'traces' } : null),
  );
}

function deleteTrace(context: StoreContext, id: TraceId): Promise<WriteOutcome> {
  return write(
    context,
    ['traces', 'chunks', 'lines'],
    async (tx) => {
      await tx.delete('traces', id);
      await tx.deleteRange('chunks', id);
      await tx.deleteRange('lines', id);
      return done;
    },
    () => ({ kind: 'traces' }),
  );
}

async function sweepImports(context: StoreContext, before: number): Promise<WriteOutcome> {
  const stale = await attempt(() =>
    context.backend.transact('read', ['imports'], async (tx) =>
      (await tx.all('imports')).flatMap((row) => {
        const { traceId, at } = row as { traceId: TraceId; at: unknown };
        return typeof at === 'number' && at >= before ? [] : [traceId];
      }),
    ),
  );
  if (isFailure(stale)) return stale;
  for (const id of stale) {
    const dropped = await dropImport(context, id);
    if (isFailure(dropped)) return dropped;
  }
  return done;
}

/** The calls of a chunk; undefined where its head and lines do not match. */
function unpacked({ head }: TraceChunk, { text }: TraceLines): readonly Call[] | undefined {
  try {
    const calls = unpackCalls({ head, lines: text });
    return calls.length === head.size ? calls : undefined;
  } catch {
    return undefined;
  }
}
