import type { Call } from '../engine';
import { done, isFailure, listed, missing, readSoundly, soundRow, write, type Context } from './context';
import { attempt, failureOf } from './failure';
import { CHUNK_CALLS, type TraceChunk, type TraceId, type TraceMeta } from './records';
import type { ChunkRead, Failure, Store } from './store';

type Traces = Pick<
  Store,
  | 'listTraces'
  | 'readTraceMeta'
  | 'putTrace'
  | 'appendCalls'
  | 'readTrace'
  | 'renameTrace'
  | 'deleteTrace'
  | 'sweepImports'
>;

/** Traces: a row of metadata, and the calls in chunks. A trace without its metadata does not exist. */
export function tracesOf(context: Context): Traces {
  const readMeta = async (id: TraceId) =>
    readSoundly(context, ['traces'], async (tx, sound) => sound<TraceMeta>('traces', await tx.get('traces', id)));

  /** Takes away what an import has written so far. */
  const drop = (id: TraceId) =>
    write(context, ['chunks', 'imports'], async (tx) => {
      await tx.deleteRange('chunks', id);
      await tx.delete('imports', id);
    });

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

    async putTrace(start, chunks, stop = () => false) {
      const { id } = start;
      const begun = await write(context, ['traces', 'imports'], async (tx) => {
        if ((await tx.get('traces', id)) ?? (await tx.get('imports', id))) return false;
        await tx.put('imports', { traceId: id, at: context.now() });
        return true;
      });
      if (isFailure(begun)) return begun;
      if (!begun) return { kind: 'failed', reason: 'other', message: `there is a trace with the id \`${id}\` already` };

      let stored = 0;
      let calls = 0;
      const put = (part: readonly Call[]) =>
        write(context, ['chunks', 'imports'], async (tx) => {
          // INVARIANT: the import's own row is there until the trace is: "delete everything" of another tab ends it.
          if (!(await tx.get('imports', id))) throw new Error('the import was ended by another tab');
          await tx.put('chunks', { traceId: id, index: stored, calls: part } satisfies TraceChunk);
          await tx.put('imports', { traceId: id, at: context.now() });
        });
      let failure: Failure | undefined;
      try {
        for await (const part of chunksOf(chunks, stop)) {
          const outcome = await put(part);
          if (isFailure(outcome)) {
            failure = outcome;
            break;
          }
          stored += 1;
          calls += part.length;
        }
      } catch (error) {
        failure = failureOf(error);
      }
      const stopped = stop();
      if (failure || stopped) {
        await drop(id);
        return failure ?? { kind: 'stopped' };
      }
      const meta: TraceMeta = { ...start, calls, chunks: stored };
      const ended = await write(
        context,
        ['traces', 'imports'],
        async (tx) => {
          if (!(await tx.get('imports', id))) throw new Error('the import was ended by another tab');
          await tx.put('traces', meta);
          await tx.delete('imports', id);
        },
        () => ({ kind: 'traces' }),
      );
      if (!isFailure(ended)) return { kind: 'stored', meta };
      await drop(id);
      return ended;
    },

    appendCalls: (id, calls) =>
      write(
        context,
        ['traces', 'chunks'],
        async (tx) => {
          const meta = await soundRow<TraceMeta>(tx, 'traces', id);
          if (!meta) return missing;
          const tail = meta.chunks === 0 ? undefined : await soundRow<TraceChunk>(tx, 'chunks', [id, meta.chunks - 1]);
          // A last chunk that is full, or cannot be read, is left alone.
          const room = tail && tail.calls.length < CHUNK_CALLS;
          const rest = room ? [...tail.calls, ...calls] : calls;
          let index = room ? tail.index : meta.chunks;
          for (let from = 0; from < rest.length; from += CHUNK_CALLS) {
            const part = rest.slice(from, from + CHUNK_CALLS);
            await tx.put('chunks', { traceId: id, index, calls: part } satisfies TraceChunk);
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
        const chunk = await readSoundly(context, ['chunks'], async (tx, sound) =>
          sound<TraceChunk>('chunks', await tx.get('chunks', [id, index])),
        );
        if (isFailure(chunk)) return void (yield chunk);
        yield chunk ? { kind: 'calls', index, calls: chunk.calls } : { kind: 'lost', index };
      }
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
        ['traces', 'chunks'],
        async (tx) => {
          await tx.delete('traces', id);
          await tx.deleteRange('chunks', id);
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
        const dropped = await drop(id);
        if (isFailure(dropped)) return dropped;
      }
      return done;
    },
  };
}

/** Chunks of any size, dealt out again in the size that is stored. Ends early when `stop` says so. */
async function* chunksOf(
  source: AsyncIterable<readonly Call[]> | Iterable<readonly Call[]>,
  stop: () => boolean,
): AsyncGenerator<readonly Call[]> {
  let held: Call[] = [];
  for await (const part of source) {
    if (stop()) return;
    for (const call of part) {
      held.push(call);
      if (held.length < CHUNK_CALLS) continue;
      yield held;
      held = [];
    }
  }
  if (held.length > 0) yield held;
}
