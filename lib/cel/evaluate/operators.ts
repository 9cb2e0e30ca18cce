import { budget, overspent, spend, spendText, textSteps } from '../values/budget';
import { doubleToInt, toInt, toUint } from '../values/numbers';
import { addDuration, nanosOf, subtractTimes } from '../values/time';
import {
  CelDuration,
  CelMap,
  CelMessage,
  CelTimestamp,
  CelType,
  EvalError,
  Uint,
  isList,
  typeOfValue,
  type Result,
  type Value,
} from '../values/values';

/** A value that JavaScript compares for us: what a number, a time, a span or a type holds. */
function held(value: Value): Value {
  if (value instanceof Uint) return value.value;
  if (value instanceof CelDuration) return value.nanos;
  if (value instanceof CelTimestamp) return nanosOf(value);
  return value instanceof CelType || value instanceof CelMessage ? value.name : value;
}

const isNumber = (value: Value): boolean =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Uint;

/** Pairs of values that are still to be compared, one after the other. A list of its own, since values may nest deeper than calls may. */
type Pairs = Value[];

/**
 * cel-go's equality: numbers across their types, lists and maps by content; values of other types that differ are unequal.
 * Where the steps are spent (`budget.left < 0`) the answer means nothing.
 */
export function equals(a: Value, b: Value): boolean {
  if (typeof a === 'string') return typeof b === 'string' && equalTexts(a, b);
  if (a === b) return true;
  if (typeof a !== 'object' || a === null || b === null || typeof b !== 'object') return equalScalars(a, b);
  const pairs: Pairs = [a, b];
  while (pairs.length) {
    const y = pairs.pop() as Value;
    const x = pairs.pop() as Value;
    if (x instanceof CelMap ? !pairMaps(x, y, pairs) : isList(x) ? !pairLists(x, y, pairs) : !equalScalars(x, y))
      return false;
  }
  return true;
}

/** Texts of different lengths differ at no cost. */
function equalTexts(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  return (a.length < 10 || (budget.left -= textSteps(a.length)) >= 0) && a === b;
}

function equalScalars(a: Value, b: Value): boolean {
  if (typeof a === 'string') return typeof b === 'string' && equalTexts(a, b);
  if (a === b) return true;
  if (typeof a === 'boolean' || a === null || b === null) return false;
  if (isNumber(a)) return isNumber(b) && orderNumbers(a, b) === 0;
  if (typeOfValue(a) !== typeOfValue(b)) return false;
  if (!(a instanceof Uint8Array)) return held(a) === held(b);
  const other = b as Uint8Array;
  return a.length === other.length && (budget.left -= textSteps(a.length)) >= 0 && compareBytes(a, other) === 0;
}

function pairLists(a: readonly Value[], b: Value, pairs: Pairs): boolean {
  if (!isList(b) || a.length !== b.length) return false;
  if (a === b && a.length === 0) return true;
  if ((budget.left -= a.length) < 0) return false;
  for (let i = a.length - 1; i >= 0; i--) pairs.push(a[i] as Value, b[i] as Value);
  return true;
}

/**
 * What looking a key up takes. JavaScript engines hash numbers without a secret, so that a policy can choose hundreds of them that fall into
 * one bucket; text is hashed with one.
 */
export const keySteps = (map: CelMap, key: Value): number => (typeof key === 'string' ? 0 : map.length >> 3);

/** An entry is looked up by its key twice. */
const ENTRY_STEPS = 4;

function pairMaps(a: CelMap, b: Value, pairs: Pairs): boolean {
  if (!(b instanceof CelMap) || a.length !== b.length || (budget.left -= a.length * ENTRY_STEPS) < 0) return false;
  for (const key of a.keyList()) {
    if ((budget.left -= 2 * keySteps(a, key)) < 0) return false;
    const other = b.find(key);
    if (other === undefined) return false;
    pairs.push(a.find(key) ?? null, other);
  }
  return true;
}

/** `a == b`, an error where the comparison takes too much. */
export function equality(a: Value, b: Value): boolean | EvalError {
  const equal = equals(a, b);
  return budget.left < 0 ? overspent('comparing values') : equal;
}

const order = (a: Value, b: Value): number => ((a as number) < (b as number) ? -1 : a === b ? 0 : 1);

/** Undefined where one is NaN. A double is compared with an int as a double. */
function orderNumbers(a: Value, b: Value): number | undefined {
  const [x, y] = [held(a), held(b)];
  if (typeof x === typeof y && x === x && y === y) return order(x, y);
  const [p, q] = [Number(x), Number(y)];
  return p !== p || q !== q ? undefined : order(p, q);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a[at] === b[at]) at++;
  return at < length ? order(a[at] ?? 0, b[at] ?? 0) : order(a.length, b.length);
}

/** By code point: a surrogate pair is above every unit of the basic plane, also above U+E000 to U+FFFF. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    const high = (unit: number): number => (unit >> 11 === 27 ? 1 : 0);
    return order(high(x), high(y)) || order(x, y);
  }
  return order(a.length, b.length);
}

/** -1, 0 or 1; an error where the two have no order. */
export function compare(a: Value, b: Value, operator: string): number | EvalError {
  if (typeof a === 'string' && typeof b === 'string') {
    return spendText(Math.min(a.length, b.length), 'comparing text') ?? compareStrings(a, b);
  }
  if (isNumber(a) && isNumber(b)) return orderNumbers(a, b) ?? new EvalError('not-a-number', 'NaN has no order');
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return spendText(Math.min(a.length, b.length), 'comparing bytes') ?? compareBytes(a, b);
  }
  const ordered = typeof a === 'boolean' || a instanceof CelTimestamp || a instanceof CelDuration;
  return ordered && typeOfValue(a) === typeOfValue(b) ? order(held(a), held(b)) : noOverload(operator, a, b);
}

/** `no-such-overload`, with the run-time types of the operands. */
export function noOverload(operator: string, a: Value, b?: Value): EvalError {
  const second = b === undefined ? '' : ` and \`${typeOfValue(b).name}\``;
  return new EvalError('no-such-overload', `no such overload: \`${operator}\` of \`${typeOfValue(a).name}\`${second}`);
}

type BinaryOperator = (a: Value, b: Value) => Result;

/** An operator of numbers, each type by itself; `otherwise` is what it does with other values, undefined where it has no overload. */
const arithmetic =
  (
    operator: string,
    ofDoubles: ((a: number, b: number) => number) | undefined,
    ofInts: (a: bigint, b: bigint) => bigint | EvalError,
    otherwise?: (a: Value, b: Value) => Result | undefined,
  ): BinaryOperator =>
  (a, b) => {
    if (typeof a === 'number' && typeof b === 'number' && ofDoubles) return ofDoubles(a, b);
    if (typeof a === 'bigint' && typeof b === 'bigint') return checked(ofInts(a, b), toInt);
    if (a instanceof Uint && b instanceof Uint) return checked(ofInts(a.value, b.value), toUint);
    return otherwise?.(a, b) ?? noOverload(operator, a, b);
  };

const checked = <T extends Value>(
  result: bigint | EvalError,
  check: (value: bigint) => T | EvalError,
): T | EvalError => (typeof result === 'bigint' ? check(result) : result);

/** A duration within int64, or what is made of it. */
function withDuration(nanos: bigint, make = (valid: bigint): Result => new CelDuration(valid)): Result {
  const valid = toInt(nanos);
  return typeof valid === 'bigint' ? make(valid) : valid;
}

export const add = arithmetic(
  '+',
  (a, b) => a + b,
  (a, b) => a + b,
  (a, b) => {
    if (typeof a === 'string' && typeof b === 'string') return spendText(a.length + b.length, 'joining text') ?? a + b;
    if (isList(a) && isList(b)) return spend(a.length + b.length, 'joining lists') ?? a.concat(b);
    if (a instanceof Uint8Array && b instanceof Uint8Array) return joinBytes(a, b);
    if (b instanceof CelDuration) {
      if (a instanceof CelDuration) return withDuration(a.nanos + b.nanos);
      return a instanceof CelTimestamp ? addDuration(a, b.nanos) : undefined;
    }
    return a instanceof CelDuration && b instanceof CelTimestamp ? addDuration(b, a.nanos) : undefined;
  },
);

/** What bytes take besides their length. */
const BYTES_STEPS = 5;

function joinBytes(a: Uint8Array, b: Uint8Array): Uint8Array | EvalError {
  const error = spend(BYTES_STEPS + textSteps(a.length + b.length), 'joining bytes');
  if (error) return error;
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

export const subtract = arithmetic(
  '-',
  (a, b) => a - b,
  (a, b) => a - b,
  (a, b) => {
    if (a instanceof CelTimestamp && b instanceof CelTimestamp) return subtractTimes(a, b);
    if (!(b instanceof CelDuration)) return undefined;
    if (a instanceof CelTimestamp) return withDuration(-b.nanos, (nanos) => addDuration(a, nanos));
    return a instanceof CelDuration ? withDuration(a.nanos - b.nanos) : undefined;
  },
);

export const multiply = arithmetic(
  '*',
  (a, b) => a * b,
  (a, b) => a * b,
);

const byZero = (what: string): EvalError => new EvalError(`${what}-by-zero`, `${what} by zero`);

export const divide = arithmetic(
  '/',
  (a, b) => a / b,
  (a, b) => (b ? a / b : byZero('division')),
);

/** `-2^63 % -1` overflows, as the division does. */
export const modulo = arithmetic('%', undefined, (a, b) => {
  if (b === -1n) return checked(toInt(-a), () => 0n);
  return b ? a % b : byZero('modulus');
});

export function negate(a: Value): Result {
  if (typeof a === 'number') return -a;
  if (typeof a === 'bigint') return toInt(-a);
  return a instanceof CelDuration ? withDuration(-a.nanos) : noOverload('-', a);
}

/** What comparing a text with those of a list takes: only with those of its length. */
function sameLengthSteps(element: Value, container: readonly Value[]): number {
  if (typeof element !== 'string' || element.length < 10) return 0;
  let same = 0;
  for (const item of container) if (typeof item === 'string' && item.length === element.length) same++;
  return same * textSteps(element.length);
}

/** `element in container`: in a list by equality, in a map by key. */
export function contains(element: Value, container: Value): Result {
  if (container instanceof CelMap) {
    return spend(keySteps(container, element), 'looking up a key') ?? container.find(element) !== undefined;
  }
  if (!isList(container)) return noOverload('in', element, container);
  const search = 'searching a list';
  const error = spend(container.length + sameLengthSteps(element, container), search);
  if (error) return error;
  if (typeof element === 'string') return container.includes(element);
  const found = container.some((item) => equals(element, item));
  return budget.left < 0 ? overspent(search) : found;
}

/** `container[key]`, also `container.key`. Undefined where a map has no such key. */
export function index(container: Value, key: Value): Result | undefined {
  if (container instanceof CelMap) {
    return spend(keySteps(container, key), 'looking up a key') ?? container.find(key);
  }
  if (container instanceof CelMessage) return new EvalError('no-such-field', `\`${container.name}\` has no fields`);
  if (!isList(container)) return typeof key === 'string' ? undefined : noOverload('[]', container, key);
  const at = typeof key === 'number' && Number.isInteger(key) ? doubleToInt(key) : held(key);
  if (typeof at !== 'bigint' || !isNumber(key)) {
    const shown = typeof key === 'number' ? key : typeOfValue(key).name;
    return new EvalError('invalid-index', `a list has no element \`${shown}\``);
  }
  if (at < 0n || at >= container.length) {
    return new EvalError('index-out-of-range', `index out of range: \`${at}\``);
  }
  return container[Number(at)];
}
