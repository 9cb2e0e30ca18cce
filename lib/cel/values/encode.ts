import { base64 } from './base64';
import { exactDuration } from './duration';
import { formatTimestamp } from './time';
import {
  CelDuration,
  CelMap,
  CelMessage,
  CelTimestamp,
  CelType,
  EvalError,
  Uint,
  Unknown,
  isList,
  typeOfValue,
  type Result,
  type Value,
} from './values';

/** A result as plain JSON: what the command line prints, and what recorded answers are compared in. */
export type EncodedResult =
  | { readonly type: string; readonly value: EncodedValue }
  /** A value that is too large to write: parts that it shares are few in memory, and countless when each is written out. */
  | { readonly type: string; readonly omitted: string }
  | { readonly error: { readonly phase: 'eval'; readonly message: string } }
  | { readonly unknown: true };

export type EncodedValue = null | boolean | string | readonly EncodedValue[] | { readonly [form: string]: unknown };

export function encodeResult(result: Result): EncodedResult {
  if (result instanceof Unknown) return { unknown: true };
  if (result instanceof EvalError) return { error: { phase: 'eval', message: result.message } };
  const type = typeOfValue(result).name;
  if (!isEncodable(result)) return { type, omitted: `the value takes more than ${MAX_ENCODED / 1e6} MB` };
  return { type, value: encodeValue(result) };
}

/** The most that is written of a value: its characters and bytes, and a number, a list or a key counts as sixteen. */
export const MAX_ENCODED = 8_000_000;
const PART = 16;

function isEncodable(value: Value): boolean {
  let left = MAX_ENCODED;
  const waiting: Value[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const length = typeof next === 'string' || next instanceof Uint8Array ? next.length : 0;
    if ((left -= PART + length) < 0) return false;
    const parts = isList(next) ? next : next instanceof CelMap ? next.keyList() : [];
    if (parts.length * PART > left) return false;
    for (const part of parts) {
      waiting.push(part);
      if (next instanceof CelMap) waiting.push(next.find(part) ?? null);
    }
  }
  return true;
}

/** Null, bool and string as in JSON; a list as an array; all else as an object of one member that names the type. */
export function encodeValue(value: Value): EncodedValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return { int: String(value) };
  if (typeof value === 'number') return { double: Number.isFinite(value) ? value : String(value) };
  if (isList(value)) return value.map(encodeValue);
  if (value instanceof CelMap) {
    return { map: value.keyList().map((key) => [encodeValue(key), encodeValue(value.find(key) ?? null)]) };
  }
  if (value instanceof Uint) return { uint: String(value.value) };
  if (value instanceof CelTimestamp) return { timestamp: formatTimestamp(value, 0) };
  if (value instanceof CelDuration) return { duration: exactDuration(value) };
  if (value instanceof CelType) return { type: value.name };
  if (value instanceof CelMessage) return { message: value.name };
  return { bytes: base64(value) };
}
