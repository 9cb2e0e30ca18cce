import type { Call } from '../engine';
import { unpackCalls } from '../trace';
import type { StoreTransaction } from './backend';
import {
  done,
  isFailure,
  listed,
  missing,
  readSoundly,
  soundRow,
  write,
  type StoreContext,
  type CheckRow,
} from './context';
import { attempt } from './failure';
import { CHUNK_CALLS, type TraceChunk, type TraceId, type TraceLines, type TraceMeta } from './records';
import type { ChunkRead, HeadRead, Store } from './store';
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
export function tracesOf(context: StoreContext): Traces {
  const readMeta = async (id: TraceId) =>
    readSoundly(context, ['traces'], async (tx, sound) => sound<TraceMeta>('traces', await tx.get('traces', id)));

  /** A stored chunk, whole; undefined where it cannot be read. */
  const wholeChunk = async (tx: StoreTransaction, sound: CheckRow, id: TraceId, index: number) => {
    const chunk = sound<TraceChunk>('chunks', await tx.get('chunks', [id, index]));
    const lines = sound<TraceLines>('lines', await tx.get('lines', [id, index]));
    return chunk && lines && unpacked(chunk, lines);
  };

  return {
    async listTraces() {
      return listed(
        await readSoundly(context, ['traces'], async (tx, sound) =>
          (await tx.all('traces')).flatMap((row) => sound<TraceMeta>('traces', row) ?? []),
        ),
      );
    },

    async readTraceMeta(id) {
      const meta = await readMeta(id);
      if (meta === undefined) return missing;
      return isFailure(meta) ? meta : { kind: 'found', value: meta };
    },

    putTrace: (start, chunks, stop = () => false) => putTrace(context, start, chunks, stop),
    beginTrace: (id) => beginTrace(context, id),

    appendCalls: (id, calls) =>
      write(
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
      ),

    async *readTrace(id): AsyncIterable<ChunkRead> {
      const meta = await readMeta(id);
      if (meta === undefined) return void (yield missing);
      if (isFailure(meta)) return void (yield meta);
      for (let index = 0; index < meta.chunks; index++) {
        const calls = await readSoundly(context, ['chunks', 'lines'], (tx, sound) => wholeChunk(tx, sound, id, index));
        if (isFailure(calls)) return void (yield calls);
        yield calls ? { kind: 'calls', index, calls } : { kind: 'lost', index };
      }
    },

    async *readHeads(id): AsyncIterable<HeadRead> {
      const meta = await readMeta(id);
      if (meta === undefined) return void (yield missing);
      if (isFailure(meta)) return void (yield meta);
      for (let from = 0; from < meta.chunks; from += HEADS_AT_ONCE) {
        const found = await readSoundly(context, ['chunks'], async (tx, sound) =>
          (await tx.range('chunks', id, from, Math.min(meta.chunks, from + HEADS_AT_ONCE) - 1)).flatMap(
            (row) => sound<TraceChunk>('chunks', row) ?? [],
          ),
        );
        if (isFailure(found)) return void (yield found);
        for (const { index, head } of found) yield { kind: 'head', index, head };
      }
    },

    async readLines(id, from, to) {
      return listed(
        await readSoundly(context, ['lines'], async (tx, sound) =>
          (await tx.range('lines', id, from, to)).flatMap((row) => sound<TraceLines>('lines', row) ?? []),
        ),
      );
    },

    renameTrace: (id, name) =>
      write(
        context,
        ['traces'],
        async (tx) => {
          const meta = await soundRow<TraceMeta>(tx, 'traces', id);
          if (!meta) return missing;
          await tx.put('traces', { ...meta, name });
          return done;
        },
        (result) => (result.kind === 'done' ? { kind: 'traces' } : null),
      ),

    deleteTrace: (id) =>
      write(
        context,
        ['traces', 'chunks', 'lines'],
        async (tx) => {
          await tx.delete('traces', id);
          await tx.deleteRange('chunks', id);
          await tx.deleteRange('lines', id);
          return done;
        },
        () => ({ kind: 'traces' }),
      ),

    async sweepImports(before) {
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
    },
  };
}

/** How many heads are read in one transaction. */
const HEADS_AT_ONCE = 50;

/** The calls of a chunk; undefined where its two halves do not belong together. */
function unpacked({ head }: TraceChunk, { text }: TraceLines): readonly Call[] | undefined {
  try {
    const calls = unpackCalls({ head, lines: text });
    return calls.length === head.size ? calls : undefined;
  } catch {
    return undefined;
  }
}
