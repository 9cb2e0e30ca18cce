import { budget, spend, spendText, textSteps } from '../values/budget';
import { DURATION_PARTS, formatDuration, parseDuration } from '../values/duration';
import { codePointLength } from '../values/limits';
import {
  doubleToInt,
  doubleToUint,
  formatDouble,
  parseDouble,
  parseInt64,
  parseUint64,
  toInt,
  toUint,
} from '../values/numbers';
import * as op from './operators';
import { cachedRegex, classSteps, patternSteps, type RegexPattern } from './regex';
import { includesText } from '../values/text';
import {
  TIME_PARTS,
  formatTimestamp,
  inRange,
  outOfRange,
  parseTimestamp,
  timePart,
  type TimePart,
} from '../values/time';
import { zoneOffset } from '../values/timezone';
import {
  CelDuration,
  CelMap,
  CelTimestamp,
  EvalError,
  type Uint,
  isList,
  typeOfValue,
  type Result,
  type Value,
} from '../values/values';

/** The length of a string in code points, of bytes, of a list, of a map. */
export function sizeOf(value: Value): number | undefined {
  if (typeof value === 'string') return codePointLength(value);
  if (isList(value) || value instanceof Uint8Array || value instanceof CelMap) return value.length;
  return undefined;
}

/** Charges for what `sizeOf` goes through: a text's code points are counted one by one. */
export const spendSize = (value: Value): EvalError | undefined =>
  typeof value === 'string' ? spendText(value.length, 'counting characters') : undefined;

function size(value: Value): Result {
  const error = spendSize(value);
  if (error) return error;
  const length = sizeOf(value);
  return length === undefined ? op.noOverload('size', value) : BigInt(length);
}

const failed = (from: Value, to: string, form = ''): EvalError =>
  new EvalError(
    'invalid-conversion',
    `\`${typeof from === 'string' ? from.slice(0, 60) : '…'}\` is not a valid ${to}${form && `, as in \`${form}\``}`,
  );

/** The form that is wanted of a timestamp: of a date alone, that date at midnight. */
const timestampForm = (text: string): string =>
  parseTimestamp(`${text}T00:00:00Z`) ? `${text}T00:00:00Z` : '2026-01-31T09:30:00Z';

type UnaryFunction = (value: Value) => Result;

/**
 * The conversions, each by the run-time type of its argument (INVARIANT: typed as cel-go's overloads are; none takes another type).
 */
const CONVERSIONS: Readonly<Record<string, Readonly<Record<string, UnaryFunction>>>> = {
  bool: {
    bool: (v) => v,
    string: (v) =>
      /^(1|t|T|TRUE|true|True)$/.test(v as string) ||
      (/^(0|f|F|FALSE|false|False)$/.test(v as string) ? false : failed(v, 'bool')),
  },
  bytes: { bytes: (v) => v, string: (v) => encoder.encode(v as string) },
  double: {
    double: (v) => v,
    int: Number,
    uint: (v) => Number((v as Uint).value),
    string: (v) => parseDouble(v as string) ?? failed(v, 'double'),
  },
  duration: {
    'google.protobuf.Duration': (v) => v,
    string: (v) => parseDuration(v as string) ?? failed(v, 'duration', '1h30m'),
  },
  int: {
    int: (v) => v,
    uint: (v) => toInt((v as Uint).value),
    double: (v) => doubleToInt(v as number),
    string: (v) => parseInt64(v as string) ?? failed(v, 'int'),
    'google.protobuf.Timestamp': (v) => BigInt((v as CelTimestamp).seconds),
    'google.protobuf.Duration': (v) => (v as CelDuration).nanos,
  },
  string: {
    string: (v) => v,
    bool: String,
    int: String,
    uint: (v) => String((v as Uint).value),
    double: (v) => formatDouble(v as number),
    bytes: (v) => decodeUtf8(v as Uint8Array) ?? new EvalError('invalid-conversion', 'the bytes are not UTF-8'),
    'google.protobuf.Timestamp': (v) => formatTimestamp(v as CelTimestamp),
    'google.protobuf.Duration': (v) => formatDuration(v as CelDuration),
  },
  timestamp: {
    'google.protobuf.Timestamp': (v) => v,
    int: (v) => (inRange(Number(v)) ? new CelTimestamp(Number(v), 0) : outOfRange()),
    string: (v) => parseTimestamp(v as string) ?? failed(v, 'timestamp', timestampForm(v as string)),
  },
  uint: {
    uint: (v) => v,
    int: (v) => toUint(v as bigint),
    double: (v) => doubleToUint(v as number),
    string: (v) => parseUint64(v as string) ?? failed(v, 'uint'),
  },
};

// Made once: making one takes longer than converting a short text.
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** What reading or writing a number, a time or bytes takes, however short the text is. */
const CONVERSION_STEPS = 20;

/** Text that is read as a duration is read term by term and digit by digit. */
function spendConversion(name: string, value: Value, type: string): EvalError | undefined {
  const length = typeof value === 'string' || value instanceof Uint8Array ? value.length : 0;
  const made = name !== type && (name === 'string' || type === 'string') ? CONVERSION_STEPS : 0;
  const steps = made + (name === 'duration' ? 2 * length : textSteps(length));
  return spend(steps, type === 'bytes' ? 'converting bytes' : 'converting text');
}

function convert(name: string, value: Value): Result {
  const table = CONVERSIONS[name] ?? {};
  const type = typeOfValue(value).name;
  if (!Object.hasOwn(table, type)) return op.noOverload(name, value);
  return spendConversion(name, value, type) ?? (table[type] as UnaryFunction)(value);
}

/** Looking up a zone and its offset takes some ten microseconds. */
const ZONE_STEPS = 100;

function partOf(part: TimePart, value: Value, named?: Value): Result {
  if (value instanceof CelTimestamp) {
    if (named === undefined && budget.zone === 'UTC') return timePart(part, value, 0);
    const zone = named ?? budget.zone;
    if (typeof zone !== 'string') return op.noOverload(part, value, zone);
    const error = spend(ZONE_STEPS + textSteps(zone.length), 'converting times');
    if (error) return error;
    const offset = zoneOffset(zone, value);
    return typeof offset === 'number' ? timePart(part, value, offset) : offset;
  }
  const unit = (DURATION_PARTS as Partial<Record<TimePart, bigint>>)[part];
  return value instanceof CelDuration && unit && named === undefined ? value.nanos / unit : op.noOverload(part, value);
}

const parts = Object.keys(TIME_PARTS) as TimePart[];

/** Functions of one operand, a method's target being the first. */
export const UNARY: ReadonlyMap<string, UnaryFunction> = new Map<string, UnaryFunction>([
  ['-_', op.negate],
  ['size', size],
  ['type', typeOfValue],
  ['dyn', (value) => value],
  ...Object.keys(CONVERSIONS).map((name): [string, UnaryFunction] => [name, (value) => convert(name, value)]),
  ...parts.map((part): [string, UnaryFunction] => [part, (value) => partOf(part, value)]),
]);

/** Functions that cel-go binds one overload at a time: where the checker left one, that one alone runs. */
export const BOUND_BY_OVERLOAD: ReadonlySet<string> = new Set([...Object.keys(CONVERSIONS), ...parts]);

type BinaryFunction = (a: Value, b: Value) => Result;

const onStrings =
  (name: string, test: (text: string, other: string) => boolean | EvalError): BinaryFunction =>
  (a, b) =>
    typeof a === 'string' && typeof b === 'string' ? test(a, b) : op.noOverload(name, a, b);

const ordering =
  (operator: string, test: (order: number) => boolean): BinaryFunction =>
  (a, b) => {
    const order = op.compare(a, b, operator);
    return typeof order === 'number' ? test(order) : order;
  };

function matches(a: Value, b: Value): Result {
  if (typeof a !== 'string' || typeof b !== 'string') return op.noOverload('matches', a, b);
  // The same whether the pattern is compiled already or not: an answer must not depend on what was evaluated before.
  const error = spendText(b.length, COMPILING) ?? spend(patternSteps(b), COMPILING) ?? spend(classSteps(b), COMPILING);
  if (error) return error;
  const pattern = cachedRegex(b);
  return pattern instanceof EvalError ? pattern : test(pattern, a);
}

const COMPILING = 'compiling a regular expression';

/** Charges for the text and searches it. */
export const test = (pattern: RegexPattern, text: string): Result =>
  spend((text.length * pattern.stepsPerUnit) | 0, 'matching a regular expression') ?? pattern.test(text);

/** `contains`, `startsWith` and `endsWith`, charged for what they look at. */
export const TEXT_TESTS: Readonly<Record<string, (text: string, part: string) => boolean | EvalError>> = {
  contains: (text, part) => spendText(text.length + part.length, 'searching text') ?? includesText(text, part),
  startsWith: (text, prefix) =>
    prefix.length > text.length ? false : (spendText(prefix.length, 'comparing text') ?? text.startsWith(prefix)),
  endsWith: (text, suffix) =>
    suffix.length > text.length ? false : (spendText(suffix.length, 'comparing text') ?? text.endsWith(suffix)),
};

const negated = (equal: boolean | EvalError): Result => (typeof equal === 'boolean' ? !equal : equal);

/** Functions of two operands. Each sees values only; errors and unknowns never reach it. */
export const BINARY: ReadonlyMap<string, BinaryFunction> = new Map<string, BinaryFunction>([
  ['_==_', op.equality],
  ['_!=_', (a, b) => negated(op.equality(a, b))],
  ['_<_', ordering('<', (order) => order < 0)],
  ['_<=_', ordering('<=', (order) => order <= 0)],
  ['_>_', ordering('>', (order) => order > 0)],
  ['_>=_', ordering('>=', (order) => order >= 0)],
  ['_+_', op.add],
  ['_-_', op.subtract],
  ['_*_', op.multiply],
  ['_/_', op.divide],
  ['_%_', op.modulo],
  ['@in', op.contains],
  ...Object.entries(TEXT_TESTS).map(([name, test]): [string, BinaryFunction] => [name, onStrings(name, test)]),
  ['matches', matches],
  ...parts.map((part): [string, BinaryFunction] => [part, (value, zone) => partOf(part, value, zone)]),
]);
