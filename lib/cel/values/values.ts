import { MAX_INT } from './limits';

/**
 * What an expression evaluates to.
 *
 * | CEL | here |
 * |---|---|
 * | null, bool, string, double | `null`, `boolean`, `string` (UTF-16, well formed), `number` |
 * | int, uint | `bigint`, `Uint` |
 * | bytes | `Uint8Array` |
 * | list, map | an array, `CelMap` |
 * | timestamp, duration, type | `CelTimestamp`, `CelDuration`, `CelType` |
 * | `google.protobuf.Empty` | `CelMessage` |
 */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Uint
  | Uint8Array
  | readonly Value[]
  | CelMap
  | CelTimestamp
  | CelDuration
  | CelType
  | CelMessage;

/** A value, or why there is none. */
export type Result = Value | EvalError | Unknown;

/** The base of errors and unknowns, so that one `instanceof` recognizes both. */
export abstract class NoValue {}

/**
 * A failed evaluation. It is a value like any other, never thrown, and carries no stack.
 * `code` is stable (`no-such-key`, `no-such-overload`, `overflow`, `cost`, …); the range is in UTF-16 offsets of the source.
 */
export class EvalError extends NoValue {
  constructor(
    readonly code: string,
    readonly message: string,
    readonly start = -1,
    readonly end = -1,
  ) {
    super();
  }
}

/** The answer depends on facts that are not known: the deepest constant paths that were read, sorted, each once. */
export class Unknown extends NoValue {
  constructor(readonly paths: readonly string[]) {
    super();
  }
}

export const isError = (result: unknown): result is EvalError => result instanceof EvalError;
export const isUnknown = (result: unknown): result is Unknown => result instanceof Unknown;

export class Uint {
  constructor(readonly value: bigint) {}
}

/** A point in time: seconds since 1970 in UTC, and 0 to 999,999,999 nanoseconds. `offset` (seconds east) is how it was written: for `string()` alone. */
export class CelTimestamp {
  constructor(
    readonly seconds: number,
    readonly nanos: number,
    readonly offset = 0,
  ) {}
}

/** A span of time in nanoseconds, within int64. */
export class CelDuration {
  constructor(readonly nanos: bigint) {}
}

/** A type as a value; equal by name. */
export class CelType {
  constructor(readonly name: string) {}
}

/** A message that is no plain value: `google.protobuf.Empty`, which has no fields. Equal by name. */
export class CelMessage {
  constructor(readonly name: string) {}
}

/** What a `CelMap` is keyed by: everything but uint keeps its own form (an int is a bigint, a double a number). */
export type MapKey = null | boolean | string | number | bigint | object;

/**
 * A map. Keys of different types are different keys, as in cel-go: `{1: 'a', 1u: 'b'}` has two entries.
 *
 * INVARIANT: nothing is written after it has been handed out.
 */
export class CelMap extends Map<MapKey, Value> {
  /** Entries whose key is a uint, apart, so that they meet neither ints nor doubles. */
  uints: Map<bigint, Value> | undefined = undefined;

  put(key: Value, value: Value): void {
    if (key instanceof Uint) (this.uints ??= new Map<bigint, Value>()).set(key.value, value);
    else this.set(key, value);
  }

  get length(): number {
    return this.size + (this.uints ? this.uints.size : 0);
  }

  /** The value under `key`, or undefined. A number finds the key of another numeric type that it equals, as cel-go's maps do. */
  find(key: Value): Value | undefined {
    if (typeof key === 'string') return this.get(key);
    if (key instanceof Uint) {
      const own = this.uints?.get(key.value);
      return own === undefined && key.value <= MAX_INT ? this.get(key.value) : own;
    }
    // A double NaN equals nothing, although a JavaScript map would find it.
    const own = key === key ? this.get(key) : undefined;
    if (own !== undefined || (typeof key !== 'number' && typeof key !== 'bigint')) return own;
    if (typeof key === 'bigint') return key >= 0n ? this.uints?.get(key) : undefined;
    if (!Number.isInteger(key) || key < -(2 ** 63) || key >= 2 ** 64) return undefined;
    const whole = BigInt(key);
    return (whole <= MAX_INT ? this.get(whole) : undefined) ?? (whole >= 0n ? this.uints?.get(whole) : undefined);
  }

  /** The keys, uints last; the first `most` of them. */
  keyList(most = Infinity): Value[] {
    const keys: Value[] = [];
    for (const key of this.keys()) {
      if (keys.length >= most) return keys;
      keys.push(key as Value);
    }
    for (const key of this.uints?.keys() ?? []) if (keys.length < most) keys.push(new Uint(key));
    return keys;
  }
}

export const TYPES = {
  bool: new CelType('bool'),
  bytes: new CelType('bytes'),
  double: new CelType('double'),
  duration: new CelType('google.protobuf.Duration'),
  empty: new CelType('google.protobuf.Empty'),
  int: new CelType('int'),
  list: new CelType('list'),
  map: new CelType('map'),
  null: new CelType('null_type'),
  string: new CelType('string'),
  timestamp: new CelType('google.protobuf.Timestamp'),
  type: new CelType('type'),
  uint: new CelType('uint'),
} as const;

/** What the names that are no variables stand for in an expression: the types, and the one value of an enumeration. */
export const NAMED_VALUES: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...Object.values(TYPES).map((type): [string, Value] => [type.name, type]),
  ['google.protobuf.NullValue.NULL_VALUE', 0n],
]);

/** The run-time type of a value. */
export function typeOfValue(value: Value): CelType {
  switch (typeof value) {
    case 'string':
      return TYPES.string;
    case 'boolean':
      return TYPES.bool;
    case 'number':
      return TYPES.double;
    case 'bigint':
      return TYPES.int;
    default:
      if (value === null) return TYPES.null;
      if (value instanceof CelMap) return TYPES.map;
      if (value instanceof Uint) return TYPES.uint;
      if (value instanceof CelTimestamp) return TYPES.timestamp;
      if (value instanceof CelDuration) return TYPES.duration;
      if (value instanceof Uint8Array) return TYPES.bytes;
      if (value instanceof CelMessage) return TYPES.empty;
      return value instanceof CelType ? TYPES.type : TYPES.list;
  }
}

/** `Array.isArray` narrows a readonly array badly; this one says what it means. */
export const isList = (value: unknown): value is readonly Value[] => Array.isArray(value);
