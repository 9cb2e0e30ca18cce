import type { JsonObject } from '../../lib/engine';

export const MAX_ARGUMENT_BYTES = 1024 * 1024;
export const MAX_ARGUMENT_DEPTH = 64;

export type ReadArguments =
  { readonly ok: true; readonly args: JsonObject } | { readonly ok: false; readonly reason: string };

/**
 * The arguments as they are decided on, logged and forwarded: one value for all three.
 *
 * INVARIANT: they are taken through their JSON text first, so that what JSON cannot say (an infinite number, a negative zero) is
 * not decided on as one thing and logged as another.
 */
export function readArguments(given: unknown): ReadArguments {
  if (depthBeyond(given, MAX_ARGUMENT_DEPTH))
    return { ok: false, reason: `the arguments nest more than ${String(MAX_ARGUMENT_DEPTH)} levels deep` };
  const text = JSON.stringify(given ?? {});
  if (Buffer.byteLength(text) > MAX_ARGUMENT_BYTES)
    return { ok: false, reason: `the arguments are larger than ${String(MAX_ARGUMENT_BYTES)} bytes` };
  return { ok: true, args: JSON.parse(text) as JsonObject };
}

function depthBeyond(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => depthBeyond(inner, left - 1));
}
