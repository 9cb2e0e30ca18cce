import type { Json, JsonObject } from '../engine';
import { loneSurrogate } from './json';
import { LIMITS } from './limits';
import { member, quoted } from './problem';

/** A value that has no canonical form: a string with a lone surrogate, a number that is not finite, nesting that no reader would take. */
export class NotCanonicalError extends Error {
  override readonly name = 'NotCanonical';
  constructor(
    readonly pointer: string,
    readonly code: 'lone-surrogate' | 'number-range' | 'too-deep',
    message: string,
  ) {
    super(message);
  }
}

/**
 * The canonical form of a JSON value: RFC 8785 (JSON Canonicalization Scheme). No white space, members sorted by the UTF-16 units of their
 * keys, numbers and strings as ECMAScript writes them (`-0` is written `0`). Members whose value is undefined are left out.
 *
 * @throws {NotCanonical} for lone surrogates, numbers that are not finite and nesting past the limit; nothing that `readJson` accepts has any.
 */
export function canonical(value: Json): string {
  return write(value, '', 0);
}

function write(value: Json, pointer: string, depth: number): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value))
      throw new NotCanonicalError(pointer, 'number-range', `number ${quoted(String(value))} is not finite`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return writeString(value, pointer);
  if (depth >= LIMITS.depth) {
    throw new NotCanonicalError(pointer, 'too-deep', `nested deeper than ${String(LIMITS.depth)} levels`);
  }
  if (isArray(value))
    return `[${value.map((item, index) => write(item, member(pointer, index), depth + 1)).join(',')}]`;
  const members: string[] = [];
  // The default order of `sort` is by UTF-16 units: that of RFC 8785, section 3.2.3.
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (item === undefined) continue;
    const at = member(pointer, key);
    members.push(`${writeString(key, at)}:${write(item, at, depth + 1)}`);
  }
  return `{${members.join(',')}}`;
}

function writeString(text: string, pointer: string): string {
  const lone = loneSurrogate(text);
  if (lone !== undefined) {
    throw new NotCanonicalError(pointer, 'lone-surrogate', `lone surrogate ${quoted(lone)} in ${quoted(text)}`);
  }
  // ECMAScript's quoting of a well-formed string is that of RFC 8785, section 3.2.2.2.
  return JSON.stringify(text);
}

function isArray(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
