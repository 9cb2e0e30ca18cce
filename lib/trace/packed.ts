import { memberNames, type Call, type Json } from '../engine';

/** What most calls have of their own: it is kept as a line of JSON each. */
export type CallRest = Partial<Pick<Call, 'id' | 'time' | 'args'>>;
const REST_FIELDS: Readonly<Record<keyof CallRest, true>> = { id: true, time: true, args: true };

/** The parts of a call that repeat from call to call: each distinct value is kept once. */
export type CallPartName = Exclude<keyof Call, keyof CallRest>;
type CallParts = Readonly<Record<CallPartName, unknown>>;
export const PARTS: readonly CallPartName[] = memberNames('').filter(
  (name): name is CallPartName => !(name in REST_FIELDS),
);

/** One part of all calls: its distinct values as JSON (empty: the part is not known), and for each call which one it has. */
export interface PackedPart {
  readonly texts: readonly string[];
  readonly codes: Uint16Array<ArrayBuffer>;
}

/** What decides and is shown of some calls, without what is long: their arguments. */
export interface PackedHead {
  readonly size: number;
  /** Milliseconds since 1970; NaN where there is no time, or none that can be read. */
  readonly times: Float64Array<ArrayBuffer>;
  readonly parts: Readonly<Record<CallPartName, PackedPart>>;
}

/** Some calls, as few bytes as they can be and still be read at once. */
export interface PackedCalls {
  readonly head: PackedHead;
  /** What each call has beside its parts (id, time, arguments, …), as a line of JSON. */
  readonly lines: string;
}

/** So many calls can be packed together: a code has 16 bits. */
export const MOST_PACKED = 0xffff;

/** INVARIANT: `unpack` gives back equal calls. Throws where there are too many, or one nests too deeply to be written as JSON. */
export function packCalls(calls: readonly Call[]): PackedCalls {
  const size = calls.length;
  if (size > MOST_PACKED) throw new RangeError(`cannot pack ${size} calls together`);
  const packers = PARTS.map((name) => ({ name, packer: new PartPacker(size) }));
  const times = new Float64Array(size);
  const lines = calls.map((call, i) => {
    const { agent, instance, user, resource, tool, ip, userAgent, recorded, ...rest } = call;
    const values = { agent, instance, user, resource, tool, ip, userAgent, recorded } satisfies CallParts;
    for (const { name, packer } of packers) packer.set(i, values[name]);
    times[i] = typeof rest.time === 'string' ? Date.parse(rest.time) : NaN;
    return JSON.stringify(rest);
  });
  const parts = Object.fromEntries(packers.map(({ name, packer }) => [name, packer.part])) as Record<
    CallPartName,
    PackedPart
  >;
  return { head: { size, times, parts }, lines: lines.join('\n') };
}

class PartPacker {
  readonly #codes: Uint16Array<ArrayBuffer>;
  readonly #known = new Map<string, number>();

  constructor(size: number) {
    this.#codes = new Uint16Array(size);
  }

  set(i: number, value: unknown): void {
    const text = value === undefined ? '' : JSON.stringify(value);
    let code = this.#known.get(text);
    if (code === undefined) this.#known.set(text, (code = this.#known.size));
    this.#codes[i] = code;
  }

  get part(): PackedPart {
    return { texts: [...this.#known.keys()], codes: this.#codes };
  }
}

/** The calls again. Throws where a line is not JSON: what was stored is checked before. */
export function unpackCalls({ head, lines }: PackedCalls): readonly Call[] {
  if (head.size === 0) return [];
  const values = Object.fromEntries(PARTS.map((name) => [name, head.parts[name].texts.map(valueOf)]));
  return lines.split('\n').map((line, i) => {
    const rest = JSON.parse(line) as Call;
    const parts: [CallPartName, Json][] = PARTS.flatMap((name) => {
      const value = values[name]?.[head.parts[name].codes[i] ?? 0];
      return value === undefined ? [] : [[name, value]];
    });
    return { ...rest, ...Object.fromEntries(parts) };
  });
}

/** The value of one text of a part. */
export const valueOf = (text: string): Json | undefined => (text === '' ? undefined : (JSON.parse(text) as Json));
