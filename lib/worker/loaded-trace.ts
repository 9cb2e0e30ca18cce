import type { Call } from '../engine';
import { CHUNK_CALLS, type Store, type TraceMeta } from '../store';
import { packCalls, TraceColumns, unpackCall, type ChunkedTrace } from '../trace';

/** Text that is kept of a trace, in characters: with less than this, nothing is read twice. */
const MOST_KEPT = 96_000_000;
/** Chunks beyond that which were read last: the rows in sight, and those that reading ahead has brought. */
const MOST_RECENT = 24;
const READ_AHEAD = 8;

/** Where the lines of a trace's chunks are: by the order of the chunks, from one to another, both included. */
type ReadChunkLines = (from: number, to: number) => Promise<ReadonlyMap<number, string>>;

/** The open trace: columns in memory, and ids and arguments as they are asked for. */
export class LoadedTrace implements ChunkedTrace {
  readonly info: TraceMeta;
  /** False for calls that are only looked at, such as a bundle's. */
  readonly stored: boolean;
  readonly columns: TraceColumns;
  readonly #read: ReadChunkLines;
  readonly #kept = new Map<number, readonly string[]>();
  readonly #recent = new Map<number, readonly string[]>();
  #keptSize = 0;

  private constructor(info: TraceMeta, stored: boolean, columns: TraceColumns, read: ReadChunkLines) {
    this.info = { ...info, calls: columns.length };
    this.stored = stored;
    this.columns = columns;
    this.#read = read;
  }

  static of(info: TraceMeta, calls: readonly Call[]): LoadedTrace {
    const columns = new TraceColumns(calls.length);
    const texts = new Map<number, string>();
    for (let from = 0; from < calls.length; from += CHUNK_CALLS) {
      const { head, lines } = packCalls(calls.slice(from, from + CHUNK_CALLS));
      texts.set(columns.chunks, lines);
      columns.append(head);
    }
    return new LoadedTrace(info, false, columns, () => Promise.resolve(texts));
  }

  /** Reads what is read at once. Throws where storage fails, or the trace is gone. */
  static async from(store: Store, info: TraceMeta): Promise<LoadedTrace> {
    const columns = new TraceColumns(info.calls);
    const indexes: number[] = [];
    for await (const part of store.readHeads(info.id)) {
      if (part.kind === 'failed') throw new Error(part.message);
      if (part.kind === 'missing') throw new Error('this trace is no longer stored');
      indexes.push(part.index);
      columns.append(part.head);
    }
    // A chunk that cannot be read was set aside: the chunks that are left are not numbered as they are stored.
    const order = new Map(indexes.map((index, chunk) => [index, chunk]));
    const read: ReadChunkLines = async (from, to) => {
      const found = await store.readLines(info.id, indexes[from] ?? 0, indexes[to] ?? 0);
      if (found.kind === 'failed') throw new Error(found.message);
      return new Map(found.values.map(({ index, text }) => [order.get(index) ?? -1, text]));
    };
    return new LoadedTrace(info, true, columns, read);
  }

  get length(): number {
    return this.columns.length;
  }

  at(index: number): Call | undefined {
    return this.columns.at(index);
  }

  async lines(chunk: number): Promise<readonly string[] | undefined> {
    const known = this.#kept.get(chunk) ?? this.#recent.get(chunk);
    if (known !== undefined) return known;
    const last = Math.min(this.columns.chunks - 1, chunk + READ_AHEAD - 1);
    for (const [at, text] of await this.#read(chunk, last)) this.#keep(at, text);
    return this.#kept.get(chunk) ?? this.#recent.get(chunk);
  }

  /** The whole call at a place; undefined past the end. */
  async call(index: number): Promise<Call | undefined> {
    if (index < 0 || index >= this.length) return undefined;
    const chunk = this.columns.chunkOf(index);
    const line = (await this.lines(chunk))?.[index - this.columns.span(chunk)[0]];
    return unpackCall(this.columns, index, line);
  }

  /** The calls of a chunk, whole. */
  async calls(chunk: number): Promise<readonly Call[]> {
    const [from, to] = this.columns.span(chunk);
    const lines = await this.lines(chunk);
    return Array.from({ length: to - from }, (_, i) => unpackCall(this.columns, from + i, lines?.[i]));
  }

  /** The first calls, or those at these places, read and whole: to be sent. */
  async wholeCalls(most: number, places?: Uint32Array): Promise<readonly Call[]> {
    const calls: Call[] = [];
    if (places !== undefined) {
      for (const index of places.subarray(0, most)) {
        const call = await this.call(index);
        if (call !== undefined) calls.push(call);
      }
      return calls;
    }
    for (let chunk = 0; chunk < this.columns.chunks && calls.length < most; chunk++) {
      calls.push(...(await this.calls(chunk)));
    }
    return calls.slice(0, most);
  }

  /** The first calls, whole; each is read when something asks for what its line holds. */
  async first(most: number): Promise<readonly Call[]> {
    const calls: Call[] = [];
    for (let chunk = 0; chunk < this.columns.chunks && calls.length < most; chunk++) {
      const [from, to] = this.columns.span(chunk);
      const lines = await this.lines(chunk);
      for (let i = from; i < to && calls.length < most; i++) calls.push(this.columns.withLine(i, lines?.[i - from]));
    }
    return calls;
  }

  #keep(chunk: number, text: string): void {
    const [from, to] = this.columns.span(chunk);
    const lines = text.split('\n');
    // Lines that do not belong to the calls would put one call's arguments beside another's name.
    if (lines.length !== to - from || this.#kept.has(chunk)) return;
    if (this.#keptSize + text.length <= MOST_KEPT) {
      this.#keptSize += text.length;
      this.#kept.set(chunk, lines);
      return;
    }
    this.#recent.delete(chunk);
    this.#recent.set(chunk, lines);
    for (const oldest of this.#recent.keys()) {
      if (this.#recent.size <= MOST_RECENT) break;
      this.#recent.delete(oldest);
    }
  }
}
