import { budget, scan, tooCostly } from './budget';
import { doubleToInt, toInt, toUint } from './numbers';
import { addDuration, compareTimes, subtractTimes } from './time';
import {
  CelDuration,
  CelMap,
  CelTimestamp,
  CelType,
  EvalError,
  Uint,
  isList,
  typeOfValue,
  type Result,
  type Value,
} from './values';

/** cel-go's equality: numbers across their types, lists and maps by content; values of other types that differ are unequal. */
export function equals(a: Value, b: Value): boolean {
  if (a === b) return true;
  switch (typeof a) {
    case 'string':
    case 'boolean':
      return false;
    case 'number':
      return typeof b === 'bigint' ? a === Number(b) : b instanceof Uint && a === Number(b.value);
    case 'bigint':
      return typeof b === 'number' ? Number(a) === b : b instanceof Uint && a === b.value;
    default:
      return a !== null && typeof b !== 'string' && equalObjects(a, b);
  }
}

function equalObjects(a: Exclude<Value, null | boolean | string | number | bigint>, b: Value): boolean {
  if (a instanceof CelMap) return b instanceof CelMap && equalMaps(a, b);
  if (a instanceof Uint) {
    if (b instanceof Uint) return a.value === b.value;
    return typeof b === 'bigint' ? a.value === b : typeof b === 'number' && Number(a.value) === b;
  }
  if (a instanceof CelTimestamp) return b instanceof CelTimestamp && compareTimes(a, b) === 0;
  if (a instanceof CelDuration) return b instanceof CelDuration && a.nanos === b.nanos;
  if (a instanceof CelType) return b instanceof CelType && a.name === b.name;
  if (a instanceof Uint8Array) return b instanceof Uint8Array && compareBytes(a, b) === 0;
  return isList(b) && equalLists(a, b);
}

function equalLists(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (--budget.left < 0 || !equals(a[i] as Value, b[i] as Value)) return false;
  }
  return true;
}

function equalMaps(a: CelMap, b: CelMap): boolean {
  if (a.length !== b.length) return false;
  for (const key of a.keyList()) {
    const [own, other] = [a.find(key), b.find(key)];
    if (--budget.left < 0 || own === undefined || other === undefined || !equals(own, other)) return false;
  }
  return true;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return (a[i] ?? 0) < (b[i] ?? 0) ? -1 : 1;
  return Math.sign(a.length - b.length);
}

/** By code point: a surrogate pair stands above every unit of the basic plane, also above U+E000 to U+FFFF. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    const [highX, highY] = [x >= 0xd800 && x <= 0xdfff, y >= 0xd800 && y <= 0xdfff];
    return highX === highY ? (x < y ? -1 : 1) : highX ? 1 : -1;
  }
  return Math.sign(a.length - b.length);
}

const order = (a: number | bigint, b: number | bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** -1, 0 or 1; an error where the two have no order. A double is compared with an int as a double. */
export function compare(a: Value, b: Value, operator: string): number | EvalError {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  const [x, y] = [a instanceof Uint ? a.value : a, b instanceof Uint ? b.value : b];
  if (typeof x === 'bigint' && typeof y === 'bigint') return order(x, y);
  if ((typeof x === 'number' || typeof x === 'bigint') && (typeof y === 'number' || typeof y === 'bigint')) {
    const [p, q] = [Number(x), Number(y)];
    return p !== p || q !== q ? new EvalError('not-a-number', 'NaN has no order') : order(p, q);
  }
  if (a instanceof CelTimestamp && b instanceof CelTimestamp) return compareTimes(a, b);
  if (a instanceof CelDuration && b instanceof CelDuration) return order(a.nanos, b.nanos);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b);
  return noOverload(operator, a, b);
}

/** `no-such-overload`, with the run-time types of the operands. */
export function noOverload(operator: string, ...operands: readonly Value[]): EvalError {
  const types = operands.map((operand) => `\`${typeOfValue(operand).name}\``).join(' and ');
  return new EvalError('no-such-overload', `no such overload: \`${operator}\` of ${types}`);
}

export function add(a: Value, b: Value): Result {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (typeof a === 'string' && typeof b === 'string') return (scan(a.length + b.length), a + b);
  if (typeof a === 'bigint' && typeof b === 'bigint') return toInt(a + b);
  if (a instanceof Uint && b instanceof Uint) return toUint(a.value + b.value);
  if (isList(a) && isList(b)) return (budget.left -= a.length + b.length) < 0 ? tooCostly : [...a, ...b];
  if (a instanceof CelDuration && b instanceof CelDuration) return duration(a.nanos + b.nanos);
  if (a instanceof CelTimestamp && b instanceof CelDuration) return addDuration(a, b.nanos);
  if (a instanceof CelDuration && b instanceof CelTimestamp) return addDuration(b, a.nanos);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return joinBytes(a, b);
  return noOverload('+', a, b);
}

function joinBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  scan(a.length + b.length);
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

function duration(nanos: bigint): CelDuration | EvalError {
  const checked = toInt(nanos);
  return typeof checked === 'bigint' ? new CelDuration(checked) : checked;
}

export function subtract(a: Value, b: Value): Result {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'bigint' && typeof b === 'bigint') return toInt(a - b);
  if (a instanceof Uint && b instanceof Uint) return toUint(a.value - b.value);
  if (a instanceof CelDuration && b instanceof CelDuration) return duration(a.nanos - b.nanos);
  if (a instanceof CelTimestamp && b instanceof CelTimestamp) return subtractTimes(a, b);
  if (a instanceof CelTimestamp && b instanceof CelDuration) {
    const negated = duration(-b.nanos);
    return negated instanceof CelDuration ? addDuration(a, negated.nanos) : negated;
  }
  return noOverload('-', a, b);
}

export function multiply(a: Value, b: Value): Result {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (typeof a === 'bigint' && typeof b === 'bigint') return toInt(a * b);
  if (a instanceof Uint && b instanceof Uint) return toUint(a.value * b.value);
  return noOverload('*', a, b);
}

const byZero = (what: string): EvalError => new EvalError(`${what}-by-zero`, `${what} by zero`);

export function divide(a: Value, b: Value): Result {
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  if (typeof a === 'bigint' && typeof b === 'bigint') return b === 0n ? byZero('division') : toInt(a / b);
  if (a instanceof Uint && b instanceof Uint) {
    return b.value === 0n ? byZero('division') : new Uint(a.value / b.value);
  }
  return noOverload('/', a, b);
}

/** `-2^63 % -1` overflows, as the division does. */
export function modulo(a: Value, b: Value): Result {
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    if (b === 0n) return byZero('modulus');
    const quotient = toInt(a / b);
    return typeof quotient === 'bigint' ? a % b : quotient;
  }
  if (a instanceof Uint && b instanceof Uint) return b.value === 0n ? byZero('modulus') : new Uint(a.value % b.value);
  return noOverload('%', a, b);
}

export function negate(a: Value): Result {
  if (typeof a === 'number') return -a;
  if (typeof a === 'bigint') return toInt(-a);
  return a instanceof CelDuration ? duration(-a.nanos) : noOverload('-', a);
}

/** `element in container`: in a list by equality, in a map by key. */
export function contains(element: Value, container: Value): Result {
  if (container instanceof CelMap) return container.find(element) !== undefined;
  if (!isList(container)) return noOverload('in', element, container);
  if ((budget.left -= container.length) < 0) return tooCostly;
  for (const item of container) if (equals(element, item)) return true;
  return false;
}

/** `container[key]`, also `container.key`. Undefined where a map has no such key. */
export function index(container: Value, key: Value): Result | undefined {
  if (container instanceof CelMap) return container.find(key);
  if (!isList(container)) {
    return typeof key === 'string' ? undefined : noOverload('[]', container, key);
  }
  const whole =
    key instanceof Uint ? key.value : typeof key === 'number' && Number.isInteger(key) ? doubleToInt(key) : key;
  if (typeof whole !== 'bigint') {
    return new EvalError(
      'invalid-index',
      `a list has no element \`${typeof key === 'number' ? String(key) : typeOfValue(key).name}\``,
    );
  }
  if (whole < 0n || whole >= container.length) {
    return new EvalError('index-out-of-range', `index out of range: \`${whole}\``);
  }
  return container[Number(whole)];
}
