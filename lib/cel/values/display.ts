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

/** A result as plain data, for showing: it survives a message between threads. */
export type ShownValue =
  /** `text` is the value as CEL writes it, long ones shortened. */
  | { readonly kind: 'value'; readonly type: string; readonly text: string }
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly message: string;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'unknown'; readonly paths: readonly string[] };

export function show(result: Result): ShownValue {
  if (result instanceof EvalError) {
    const { code, message, start, end } = result;
    return { kind: 'error', code, message, start, end };
  }
  if (result instanceof Unknown) return { kind: 'unknown', paths: result.paths };
  return { kind: 'value', type: typeOfValue(result).name, text: formatValue(result) };
}

const MAX_TEXT = 120;
const MAX_ITEMS = 8;
const MAX_DEPTH = 3;

/** A value as CEL would write it, long ones shortened with `…`. Doubles are written as in JSON: `750`. */
export function formatValue(value: Value, depth = 0): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = (held: Value | undefined): string => formatValue(held ?? null, depth + 1);
  if (isList(value)) return depth < MAX_DEPTH ? `[${some(value, value.length, inner)}]` : '[…]';
  if (value instanceof CelMap) {
    if (depth >= MAX_DEPTH) return '{…}';
    return `{${some(value.keyList(MAX_ITEMS), value.length, (key) => `${inner(key)}: ${inner(value.find(key))}`)}}`;
  }
  if (value instanceof Uint) return `${value.value}u`;
  if (value instanceof CelTimestamp) return `timestamp("${formatTimestamp(value)}")`;
  if (value instanceof CelDuration) return `duration("${exactDuration(value)}")`;
  if (value instanceof CelType) return value.name;
  if (value instanceof CelMessage) return `${value.name}{}`;
  return `b"${[...value.subarray(0, 40)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}${value.length > 40 ? '…' : ''}"`;
}

function quoted(text: string): string {
  const points = text.length > MAX_TEXT ? `${[...text.slice(0, MAX_TEXT)].slice(0, -1).join('')}…` : text;
  return JSON.stringify(points);
}

function some<T>(items: readonly T[], count: number, each: (item: T) => string): string {
  const shown = items.slice(0, MAX_ITEMS).map(each);
  if (count > MAX_ITEMS) shown.push(`… ${count - MAX_ITEMS} more`);
  return shown.join(', ');
}
