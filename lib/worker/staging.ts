import type { Call } from '../engine';
import { isFailure, type StoreFailure, type Store, type TraceId, type TraceMeta, type TraceWriter } from '../store';

/** Calls that are held in memory before storage is asked for room: most files are no longer. */
const MOST_HELD = 10_000;

/** The calls of an import on their way to storage. Nothing of them is there before they are taken, and all is gone when they are dropped. */
export class Staging {
  readonly #store: Store;
  readonly #id: TraceId;
  #held: Call[] = [];
  #writer: TraceWriter | undefined;
  #calls = 0;

  constructor(store: Store, id: TraceId) {
    this.#store = store;
    this.#id = id;
  }

  get calls(): number {
    return this.#calls;
  }

  /** Throws, in words for a person, where there is no room; then all is dropped. */
  async add(calls: readonly Call[]): Promise<void> {
    for (const call of calls) this.#held.push(call);
    this.#calls += calls.length;
    if (this.#held.length >= MOST_HELD) await this.#write();
  }

  /** Makes them a trace. Throws as `add` does. */
  async take(meta: Omit<TraceMeta, 'id' | 'calls' | 'chunks'>): Promise<TraceMeta> {
    const writer = await this.#write();
    const outcome = await writer.finish(meta);
    if (outcome.kind === 'stored') return outcome.meta;
    await this.drop();
    throw new Error(outcome.kind === 'failed' ? storingFailed(outcome) : 'storing was stopped');
  }

  async drop(): Promise<void> {
    this.#held = [];
    const writer = this.#writer;
    this.#writer = undefined;
    await writer?.drop();
  }

  async #write(): Promise<TraceWriter> {
    const writer = this.#writer ?? (await this.#store.beginTrace(this.#id));
    if (isFailure(writer)) throw new Error(storingFailed(writer));
    this.#writer = writer;
    const held = this.#held;
    this.#held = [];
    const outcome = await writer.append(held);
    if (isFailure(outcome)) {
      await this.drop();
      throw new Error(storingFailed(outcome));
    }
    return writer;
  }
}

/** Why a trace could not be stored, for a person. */
export const storingFailed = ({ reason, message }: StoreFailure): string =>
  reason === 'quota'
    ? `this browser has no room left for the trace. Delete traces that you no longer need, or import fewer calls. The browser says: ${message}`
    : message;
