/**
 * The messages that a condition can write in cel-go's default environment, protobuf's well-known types: which fields they have, of which
 * types, and the value that they make. But for `Empty` that is a plain value of CEL, since cel-go unwraps them: a wrapper is what it
 * wraps, a `Struct` a map. (cel-go `common/types/provider.go`, and `ConvertToNative` of each type.)
 */
import { base64 } from '../values/base64';
import { spend, spendText } from '../values/budget';
import { MAX_JSON_DEPTH } from '../values/json';
import { BILLION, formatDuration } from '../values/duration';
import { MAX_INT, MIN_INT } from '../values/limits';
import { formatTimestamp, timeAt } from '../values/time';
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  EMPTY,
  INT,
  STRING,
  TIMESTAMP,
  UINT,
  listOf,
  mapOf,
  wrapperOf,
  type Type,
} from './types';
import {
  CelDuration,
  CelMap,
  CelMessage,
  CelTimestamp,
  EvalError,
  Uint,
  isList,
  type Result,
  type Value,
} from '../values/values';

/** What a field makes of a value; undefined for a value of a type that it cannot hold. */
type Convert = (value: Value) => Result | undefined;

interface MessageField {
  readonly type: Type;
  readonly convert: Convert;
}

export interface Message {
  readonly type: Type;
  readonly fields: Readonly<Record<string, MessageField>>;
  /** The value, from the converted fields that are given. */
  readonly make: (given: ReadonlyMap<string, Value>) => Result;
}

const overflow = new EvalError('overflow', 'integer overflow');

const field = (type: Type, convert: Convert): MessageField => ({ type, convert });
const primitive = (type: Type, name: string, convert: Convert = (value) => value): MessageField =>
  field(type, (value) => (typeof value === name ? convert(value) : undefined));
const unsigned = (bits: number): MessageField =>
  field(UINT, (value) =>
    value instanceof Uint ? (BigInt.asUintN(bits, value.value) === value.value ? value : overflow) : undefined,
  );

const int64 = primitive(INT, 'bigint');
const int32 = primitive(INT, 'bigint', (value) => (BigInt.asIntN(32, value as bigint) === value ? value : overflow));
const double = primitive(DOUBLE, 'number');
const float = primitive(DOUBLE, 'number', (value) => Math.fround(value as number));
const string = primitive(STRING, 'string');
const bool = primitive(BOOL, 'boolean');
const bytes = field(BYTES, (value) => (value instanceof Uint8Array ? value : undefined));
const list = field(listOf(DYN), (value) => (isList(value) ? toJson(value) : undefined));
const struct = field(mapOf(STRING, DYN), (value) => (value instanceof CelMap ? toJson(value) : undefined));

/** A number that JSON holds exactly stays one; a larger one becomes text. */
const jsonNumber = (value: bigint): Value => (value ** 2n < 1n << 106n ? Number(value) : String(value));

/** A value as JSON has it (protobuf's `Value`): numbers are doubles; bytes, times and durations are text. */
function toJson(value: Value, depth = 0): Result | undefined {
  const error = spend(value instanceof CelMap ? 30 : 1, CONVERTING);
  if (error) return error;
  // INVARIANT: recursion is bounded; no JSON of a call nests deeper either.
  if (depth > MAX_JSON_DEPTH) return new EvalError('cost', `a value nests deeper than ${MAX_JSON_DEPTH} levels`);
  if (typeof value === 'bigint') return jsonNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint) return jsonNumber(value.value);
  if (value instanceof Uint8Array) return spendText(2 * value.length, CONVERTING) ?? base64(value);
  if (value instanceof CelTimestamp) return formatTimestamp(value);
  if (value instanceof CelDuration) return formatDuration(value);
  if (value instanceof CelMessage) return new CelMap();
  if (isList(value)) return listToJson(value, depth);
  return value instanceof CelMap ? mapToJson(value, depth) : undefined;
}

const CONVERTING = 'converting values to JSON';

function listToJson(items: readonly Value[], depth: number): Result | undefined {
  const made: Value[] = [];
  for (const item of items) {
    const json = toJson(item, depth + 1);
    if (json === undefined || json instanceof EvalError) return json;
    made.push(json as Value);
  }
  return made;
}

function mapToJson(map: CelMap, depth: number): Result | undefined {
  const made = new CelMap();
  for (const key of map.keyList()) {
    const json = typeof key === 'string' ? toJson(map.get(key) ?? null, depth + 1) : undefined;
    if (json === undefined || json instanceof EvalError) return json;
    made.put(key, json as Value);
  }
  return made;
}

/** A wrapper: its value, or the zero of its type. */
const wrapper = (value: MessageField, zero: Value): Message => ({
  type: wrapperOf(value.type),
  fields: { value },
  make: (given) => given.get('value') ?? zero,
});

/** A span or a point of time in seconds and nanoseconds. */
const time = (type: Type, make: (nanos: bigint) => Value): Message => ({
  type,
  fields: { seconds: int64, nanos: int32 },
  make: (given) => {
    const part = (name: string): bigint => (given.get(name) ?? 0n) as bigint;
    return make(part('seconds') * BILLION + part('nanos'));
  },
});

/** One of its fields; cel-go sets them in the order of a Go map, which is random, so that two leave open which one is kept. */
function makeValue(given: ReadonlyMap<string, Value>): Result {
  const [name] = given.keys();
  if (given.size > 1)
    return new EvalError('ambiguous-value', 'which of several fields of a `Value` is kept cannot be known');
  return name === undefined || name === 'null_value' ? null : (given.get(name) ?? null);
}

const empty = new CelMessage('google.protobuf.Empty');

const TABLE: Readonly<Record<string, Message>> = {
  BoolValue: wrapper(bool, false),
  BytesValue: wrapper(bytes, new Uint8Array()),
  DoubleValue: wrapper(double, 0),
  // A message out of range is the nearest value in it, as Go's conversion has it.
  Duration: time(DURATION, (nanos) => new CelDuration(nanos > MAX_INT ? MAX_INT : nanos < MIN_INT ? MIN_INT : nanos)),
  Empty: { type: EMPTY, fields: {}, make: () => empty },
  FloatValue: wrapper(float, 0),
  Int32Value: wrapper(int32, 0n),
  Int64Value: wrapper(int64, 0n),
  ListValue: { type: list.type, fields: { values: list }, make: (given) => given.get('values') ?? [] },
  StringValue: wrapper(string, ''),
  Struct: { type: struct.type, fields: { fields: struct }, make: (given) => given.get('fields') ?? new CelMap() },
  Timestamp: time(TIMESTAMP, (nanos) => timeAt(nanos)),
  UInt32Value: wrapper(unsigned(32), new Uint(0n)),
  UInt64Value: wrapper(unsigned(64), new Uint(0n)),
  Value: {
    type: DYN,
    fields: {
      bool_value: bool,
      list_value: list,
      null_value: int32,
      number_value: double,
      string_value: string,
      struct_value: struct,
    },
    make: makeValue,
  },
};

/** By name, without a leading dot. `google.protobuf.Any` is missing: it holds encoded bytes of another message, which are not read here. */
export const MESSAGES: ReadonlyMap<string, Message> = new Map(
  Object.entries(TABLE).map(([name, message]) => [`google.protobuf.${name}`, message]),
);
