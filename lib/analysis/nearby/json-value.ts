import { CelMap, CelTimestamp, formatTimestamp, isError, isUnknown, Uint, type Result, type Value } from '../../cel';
import type { Json } from '../../engine';

/** A value of a condition as a call could hold it; undefined for what JSON has no form for. */
export function jsonOf(value: Result | undefined): Json | undefined {
  if (value === undefined || isError(value) || isUnknown(value)) return undefined;
  return plain(value);
}

function plain(value: Value): Json | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'bigint') return safe(value);
  if (value instanceof Uint) return safe(value.value);
  if (value instanceof CelTimestamp) return formatTimestamp(value);
  if (value instanceof CelMap) {
    const entries = value.keyList().map((key) => [key, plain(value.find(key) ?? null)] as const);
    const known = entries.every(([key, held]) => typeof key === 'string' && held !== undefined);
    return known ? (Object.fromEntries(entries) as Json) : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const items = (value as readonly Value[]).map(plain);
  return items.includes(undefined) ? undefined : (items as readonly Json[]);
}

const safe = (value: bigint): number | undefined => (Number.isSafeInteger(Number(value)) ? Number(value) : undefined);
