import { callId, type Call, type Json } from '../engine';
import { type CallPartName, type CallRest, type PackedHead, PARTS, valueOf } from './packed';

/** Calls by their places. What is asked for by place alone may lack what is long: id, time and arguments. A list of calls is one. */
export interface CallsAt {
  readonly length: number;
  at(index: number): Call | undefined;
}

/** One part of all calls of a trace: the distinct values, and for each call the place of its value among them. */
export interface TraceColumn {
  /** Undefined: the part is not known. */
  readonly values: readonly (Json | undefined)[];
  readonly codes: Uint32Array<ArrayBuffer>;
}

interface GrowingColumn {
  readonly values: (Json | undefined)[];
  readonly known: Map<string, number>;
  codes: Uint32Array<ArrayBuffer>;
}

/**
 * A trace by columns: all that tables, filters and scopes read, in some 40 bytes a call. Arguments lie elsewhere, chunk by chunk.
 * A call that is read out of it is as good as the whole one where nothing asks for its id, its time as it was written, or its arguments.
 */
export class TraceColumns implements CallsAt {
  #length = 0;
  #times: Float64Array<ArrayBuffer>;
  readonly #columns: Readonly<Record<CallPartName, GrowingColumn>>;
  readonly #starts: number[] = [];

  /** `expected`: how many calls there will be, as far as is known. */
  constructor(expected = 1_024) {
    const room = Math.max(1, expected);
    this.#times = new Float64Array(room);
    const growing = (): GrowingColumn => ({ values: [], known: new Map(), codes: new Uint32Array(room) });
    this.#columns = Object.fromEntries(PARTS.map((name) => [name, growing()])) as Record<CallPartName, GrowingColumn>;
  }

  get length(): number {
    return this.#length;
  }

  /** Milliseconds since 1970; NaN where there is no time, or none that can be read. */
  get times(): Float64Array<ArrayBuffer> {
    return this.#times.subarray(0, this.#length);
  }

  get chunks(): number {
    return this.#starts.length;
  }

  column(name: CallPartName): TraceColumn {
    const { values, codes } = this.#columns[name];
    return { values, codes: codes.subarray(0, this.#length) };
  }

  /** Adds the calls of one more chunk. */
  append({ size, times, parts }: PackedHead): void {
    const first = this.#length;
    this.#makeRoom(first + size);
    this.#starts.push(first);
    this.#times.set(times, first);
    for (const name of PARTS) {
      const column = this.#columns[name];
      const { texts, codes } = parts[name];
      const places = Uint32Array.from(texts, (text) => placeOf(column, text));
      for (let i = 0; i < size; i++) column.codes[first + i] = places[codes[i] ?? 0] ?? 0;
    }
    this.#length += size;
  }

  /** The places of a chunk: from the first to before the second. */
  span(chunk: number): readonly [from: number, to: number] {
    return [this.#starts[chunk] ?? this.#length, this.#starts[chunk + 1] ?? this.#length];
  }

  /** The chunk that a place lies in. */
  chunkOf(index: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  at(index: number): Call | undefined {
    return index >= 0 && index < this.#length ? asCall(new ColumnCall(this, index, undefined)) : undefined;
  }

  /** The call with its own line (see `PackedCalls.lines`): whole, and read only when something asks. */
  withLine(index: number, line: string | undefined): Call {
    return asCall(new ColumnCall(this, index, line));
  }

  part(name: CallPartName, index: number): Json | undefined {
    const { values, codes } = this.#columns[name];
    return values[codes[index] ?? 0];
  }

  #makeRoom(length: number): void {
    const room = this.#times.length;
    if (length <= room) return;
    const more = Math.max(length, room * 2);
    this.#times = grown(this.#times, new Float64Array(more));
    for (const name of PARTS) this.#columns[name].codes = grown(this.#columns[name].codes, new Uint32Array(more));
  }
}

function grown<T extends Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(old: T, room: T): T {
  room.set(old);
  return room;
}

function placeOf({ values, known }: GrowingColumn, text: string): number {
  const place = known.get(text);
  if (place !== undefined) return place;
  known.set(text, values.length);
  return values.push(valueOf(text)) - 1;
}

/** INVARIANT: has the members of a call, as getters; a part that is not known is undefined, which reads as a missing key does. */
const asCall = (call: ColumnCall): Call => call as unknown as Call;

class ColumnCall implements Readonly<Record<keyof Call, unknown>> {
  readonly #columns: TraceColumns;
  readonly #index: number;
  readonly #line: string | undefined;
  #rest: CallRest | undefined;

  constructor(columns: TraceColumns, index: number, line: string | undefined) {
    this.#columns = columns;
    this.#index = index;
    this.#line = line;
  }

  get id() {
    return this.#read().id ?? '';
  }
  get time() {
    return this.#read().time;
  }
  get args() {
    return this.#read().args;
  }
  get agent() {
    return this.#columns.part('agent', this.#index);
  }
  get instance() {
    return this.#columns.part('instance', this.#index);
  }
  get user() {
    return this.#columns.part('user', this.#index);
  }
  get resource() {
    return this.#columns.part('resource', this.#index);
  }
  get tool() {
    return this.#columns.part('tool', this.#index);
  }
  get ip() {
    return this.#columns.part('ip', this.#index);
  }
  get userAgent() {
    return this.#columns.part('userAgent', this.#index);
  }
  get recorded() {
    return this.#columns.part('recorded', this.#index);
  }

  #read(): CallRest {
    return (this.#rest ??= restOf(this.#line));
  }
}

const NOTHING: CallRest = {};

/** A line that is not what it should be leaves what it held unknown: nothing is decided on it. */
export function restOf(line: string | undefined): CallRest {
  if (line === undefined) return NOTHING;
  try {
    const rest: unknown = JSON.parse(line);
    return isRest(rest) ? rest : NOTHING;
  } catch {
    return NOTHING;
  }
}

function isRest(value: unknown): value is CallRest {
  if (typeof value !== 'object' || value === null) return false;
  const { id, time, args }: { readonly [K in keyof CallRest]?: unknown } = value;
  const timely = time === undefined || time === null || typeof time === 'string';
  return typeof id === 'string' && timely && typeof (args ?? {}) === 'object' && !Array.isArray(args);
}

/** A call as it was packed, as an object of its own. What its line held is unknown where the line is lost. */
export function unpackCall(columns: TraceColumns, index: number, line: string | undefined): Call {
  const parts: [string, Json][] = PARTS.flatMap((name) => {
    const value = columns.part(name, index);
    return value === undefined ? [] : [[name, value]];
  });
  return { id: callId(''), ...restOf(line), ...Object.fromEntries(parts) };
}
