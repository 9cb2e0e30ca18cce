import { MAX_INT, MAX_UINT, MIN_INT } from './limits';
import { EvalError, Uint } from './values';

const overflow = (kind: string): EvalError => new EvalError('overflow', `${kind} overflow`);

export const toInt = (value: bigint): bigint | EvalError =>
  BigInt.asIntN(64, value) === value ? value : overflow('integer');

export const toUint = (value: bigint): Uint | EvalError =>
  value >= 0n && value <= MAX_UINT ? new Uint(value) : overflow('unsigned integer');

/** cel-go refuses both ends of int64 here, for a double cannot tell 2^63 - 1 from 2^63. */
export const doubleToInt = (value: number): bigint | EvalError =>
  value > -(2 ** 63) && value < 2 ** 63 ? BigInt(Math.trunc(value)) : overflow('integer');

export const doubleToUint = (value: number): Uint | EvalError =>
  value >= 0 && value < 2 ** 64 ? new Uint(BigInt(Math.trunc(value))) : overflow('unsigned integer');

/** The number that digits spell; undefined for more than an int holds, since engines refuse huge ones and are slow on long ones. */
function significant(text: string): bigint | undefined {
  const digits = text.replace(/^[+-]?0*/, '');
  return digits.length > 20 ? undefined : BigInt(digits || 0);
}

/** `strconv.ParseInt(text, 10, 64)`. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const digits = significant(text);
  if (digits === undefined) return undefined;
  const value = text.startsWith('-') ? -digits : digits;
  return value >= MIN_INT && value <= MAX_INT ? value : undefined;
}

/** `strconv.ParseUint(text, 10, 64)`: no sign at all. */
export function parseUint64(text: string): Uint | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const value = significant(text);
  return value !== undefined && value <= MAX_UINT ? new Uint(value) : undefined;
}

// INVARIANT: no two repetitions are side by side that take the same characters; a long number that is none would take quadratic time.
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const HEX = /^([+-]?)0x([\da-f]*)(?:\.([\da-f]*))?p([+-]?\d+)$/i;

/** `strconv.ParseFloat(text, 64)`: underscores between digits, hexadecimal with a binary exponent, `inf` and `nan` in any case. */
export function parseDouble(text: string): number | undefined {
  const special = /^(?:([+-]?)inf(?:inity)?|nan)$/i.exec(text);
  if (special) return special[1] === undefined ? NaN : special[1] === '-' ? -Infinity : Infinity;
  if (/(^|[^\da-fx])_|_([^\da-f]|$)/i.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  const hex = HEX.exec(plain);
  // An underscore is between decimal digits; the letters of a hexadecimal number count only there.
  if (!hex && /[a-f]_|_[a-f]/i.test(text)) return undefined;
  const value = hex ? hexDouble(hex) : DECIMAL.test(plain) ? Number(plain) : undefined;
  return value === Infinity || value === -Infinity ? undefined : value;
}

function hexDouble([, sign = '', whole = '', part = '', power = '']: readonly string[]): number | undefined {
  if (!(whole + part)) return undefined;
  const digits = (whole + part).replace(/^0+/, '');
  // What lies beyond a double's precision counts only in that it is not zero.
  const kept = digits.length > 64 ? `${digits.slice(0, 63)}${/[^0]/.test(digits.slice(63)) ? 1 : 0}` : digits;
  const exponent = Math.max(-5000, Math.min(5000, Number(power) - 4 * part.length + 4 * (digits.length - kept.length)));
  // In two steps, since 2^exponent alone may lie outside a double's range.
  const first = Math.trunc(exponent / 2);
  const value = Number(BigInt(`0x${kept || 0}`)) * 2 ** first * 2 ** (exponent - first);
  return sign === '-' ? -value : value;
}

/** Go's `%g`: the fewest digits that read back; below 1e-4 and from 1e6 with an exponent of two digits or more. */
export function formatDouble(value: number): string {
  if (!Number.isFinite(value)) return value !== value ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', power = ''] = value.toExponential().split('e');
  const exponent = Number(power);
  // Within these bounds JavaScript writes no exponent either.
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
