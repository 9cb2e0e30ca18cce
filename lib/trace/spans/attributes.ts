import { keepsItsValue } from '../../engine';
import { isObject, member, type UnknownObject } from '../shape';
import { changesBeside, rememberChange } from '../source/exact';

/** Attributes of a span, a scope or a resource, as plain values under their dotted names. */
export type Attributes = ReadonlyMap<string, unknown>;

/** A member by its name in JSON (`spanId`) or in protobuf's text (`span_id`): exporters write either. */
export function either(object: UnknownObject, camel: string): unknown {
  const found = member(object, camel);
  return found === undefined
    ? member(
        object,
        camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      )
    : found;
}

/** An `AnyValue` of OTLP JSON as a plain value; 64-bit integers arrive as text. */
function anyValue(value: unknown): unknown {
  if (!isObject(value)) return value;
  for (const key of ['stringValue', 'boolValue', 'doubleValue', 'bytesValue']) {
    const found = either(value, key);
    if (found !== undefined) return found;
  }
  const integer = either(value, 'intValue');
  if (integer !== undefined) return Number(integer);
  const list = either(value, 'arrayValue');
  if (isObject(list)) {
    const values = member(list, 'values');
    if (!Array.isArray(values)) return [];
    const read = (values as unknown[]).map(anyValue);
    (values as unknown[]).forEach((item, i) => rememberRounded(read, i, item));
    return read;
  }
  const map = either(value, 'kvlistValue');
  return isObject(map) ? asObject(attributesOf(member(map, 'values'))) : null;
}

/** An integer of 64 bits that no double holds: what it was is remembered beside the object or list that it goes into. */
function rememberRounded(holder: object, key: string | number, value: unknown): void {
  const written = isObject(value) ? either(value, 'intValue') : undefined;
  if (typeof written !== 'string' || !/^-?\d{16,}$/.test(written) || keepsItsValue(written, Number(written))) return;
  rememberChange(holder, { kind: 'number', key, written, read: Number(written) });
}

/** The attributes whose names begin with `prefix`, without it, as an object. */
function asObject(attributes: Attributes, prefix = ''): UnknownObject {
  const own = [...attributes]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), value] as const);
  const object = Object.fromEntries(own);
  for (const change of changesBeside(attributes)) {
    const key = String(change.key);
    if (change.kind === 'number' && key.startsWith(prefix))
      rememberChange(object, { ...change, key: key.slice(prefix.length) });
  }
  return object;
}

/** How deep objects inside attributes are opened; deeper ones are values. */
const MAX_FLAT = 12;

/** Adds an object's members under their dotted paths, and the objects themselves: `{tool:{name}}` as `tool.name`. */
function flatten(value: unknown, name: string, into: Map<string, unknown>, depth: number): void {
  if (name !== '' && !into.has(name)) into.set(name, value);
  if (depth >= MAX_FLAT || typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value))
    flatten(inner, name === '' ? key : `${name}.${key}`, into, depth + 1);
}

/**
 * Attributes in any of the ways in which exporters write them: a list of `key` and `value` (OTLP, Jaeger), of `Key` and
 * `Value` (Go's standard output), or an object, whose names may be dotted or nested (other SDKs, Zipkin, Phoenix).
 */
export function attributesOf(value: unknown): Attributes {
  const found = new Map<string, unknown>();
  if (!Array.isArray(value)) {
    if (isObject(value)) flatten(value, '', found, 0);
    return found;
  }
  for (const pair of value as unknown[]) {
    if (!isObject(pair)) continue;
    const key = member(pair, 'key') ?? member(pair, 'Key');
    if (typeof key !== 'string') continue;
    const go = member(pair, 'Value');
    found.set(key, isObject(go) ? member(go, 'Value') : anyValue(member(pair, 'value')));
    rememberRounded(found, key, member(pair, 'value'));
  }
  return found;
}

/** The first attribute, in the order of the names, that is a text with something in it. */
export function textAt(maps: readonly Attributes[], ...keys: readonly string[]): string | undefined {
  for (const key of keys)
    for (const map of maps) {
      const value = map.get(key);
      if (typeof value === 'string' && value !== '') return value;
    }
  return undefined;
}

/** Attributes `PREFIX.NAME`, as one object; undefined where there is none. */
export function spreadAt(attributes: Attributes, prefix: string): UnknownObject | undefined {
  return [...attributes.keys()].some((key) => key.startsWith(prefix)) ? asObject(attributes, prefix) : undefined;
}
