import type { Call } from '../engine';
import { packCalls } from '../trace';
import type { StoreTransaction } from './backend';
import { isFailure, write, type StoreContext } from './context';
import { failureOf } from './failure';
import { CHUNK_CALLS, type TraceChunk, type TraceId, type TraceLines, type TraceMeta } from './records';
import type { StoreFailure, PutTraceOutcome, TraceWriter, WriteOutcome } from './store';

/** Puts one chunk of a trace in its two places: what is read at once, and what is read when it is asked for. */
export async function putChunk(
  tx: StoreTransaction,
  id: TraceId,
  index: number,
  calls: readonly Call[],
): Promise<void> {
  const { head, lines } = packCalls(calls);
  await tx.put('chunks', { traceId: id, index, head } satisfies TraceChunk);
  await tx.put('lines', { traceId: id, index, text: lines } satisfies TraceLines);
}

/** Takes away what an import has written so far. */
export const dropImport = (context: StoreContext, id: TraceId): Promise<void | StoreFailure> =>
  write(context, ['chunks', 'lines', 'imports'], async (tx) => {
    await tx.deleteRange('chunks', id);
    await tx.deleteRange('lines', id);
    await tx.delete('imports', id);
  });

/** Begins a trace that is not listed before it is finished. Any failure removes all of it again. */
export async function beginTrace(context: StoreContext, id: TraceId): Promise<TraceWriter | StoreFailure> {
  const begun = await write(context, ['traces', 'imports'], async (tx) => {
    if ((await tx.get('traces', id)) ?? (await tx.get('imports', id))) return false;
    await tx.put('imports', { traceId: id, at: context.now() });
    return true;
  });
  if (isFailure(begun)) return begun;
  if (!begun) return { kind: 'failed', reason: 'other', message: `there is a trace with the id \`${id}\` already` };
  return new Writer(context, id);
}

/** INVARIANT: the import's own row is there until the trace is: "delete everything" of another tab ends it. */
async function needImport(tx: StoreTransaction, id: TraceId): Promise<void> {
  if (!(await tx.get('imports', id))) throw new Error('the import was ended by another tab');
}

class Writer implements TraceWriter {
  readonly kind = 'writing';
  readonly #context: StoreContext;
  readonly #id: TraceId;
  #held: Call[] = [];
  #chunks = 0;
  #calls = 0;
  #failure: StoreFailure | undefined;

  constructor(context: StoreContext, id: TraceId) {
    this.#context = context;
    this.#id = id;
  }

  async append(calls: readonly Call[]): Promise<WriteOutcome> {
    for (const call of calls) {
      this.#held.push(call);
      if (this.#held.length >= CHUNK_CALLS) await this.#put();
      if (this.#failure) return this.#failure;
    }
    return { kind: 'done' };
  }

  async finish(start: Omit<TraceMeta, 'id' | 'calls' | 'chunks'>): Promise<PutTraceOutcome> {
    if (this.#held.length > 0) await this.#put();
    if (this.#failure) return this.#failure;
    const meta: TraceMeta = { ...start, id: this.#id, calls: this.#calls, chunks: this.#chunks };
    const ended = await write(
      this.#context,
      ['traces', 'imports'],
      async (tx) => {
        await needImport(tx, this.#id);
        await tx.put('traces', meta);
        await tx.delete('imports', this.#id);
      },
      () => ({ kind: 'traces' }),
    );
    if (!isFailure(ended)) return { kind: 'stored', meta };
    await this.drop();
    return ended;
  }

  async drop(): Promise<void> {
    this.#held = [];
    await dropImport(this.#context, this.#id);
  }

  async #put(): Promise<void> {
    if (this.#failure) return;
    const part = this.#held;
    this.#held = [];
    const { now } = this.#context;
    const outcome = await write(this.#context, ['chunks', 'lines', 'imports'], async (tx) => {
      await needImport(tx, this.#id);
      await putChunk(tx, this.#id, this.#chunks, part);
      await tx.put('imports', { traceId: this.#id, at: now() });
    });
    if (isFailure(outcome)) {
      this.#failure = outcome;
      await this.drop();
      return;
    }
    this.#chunks += 1;
    this.#calls += part.length;
  }
}

/** Writes a whole trace from its source. */
export async function putTrace(
  context: StoreContext,
  { id, ...start }: Omit<TraceMeta, 'calls' | 'chunks'>,
  source: AsyncIterable<readonly Call[]> | Iterable<readonly Call[]>,
  stop: () => boolean,
): Promise<PutTraceOutcome> {
  const writer = await beginTrace(context, id);
  if (isFailure(writer)) return writer;
  try {
    for await (const part of source) {
      if (stop()) break;
      const outcome = await writer.append(part);
      if (isFailure(outcome)) return outcome;
    }
  } catch (error) {
    await writer.drop();
    return failureOf(error);
  }
  if (!stop()) return writer.finish(start);
  await writer.drop();
  return { kind: 'stopped' };
}
