import type { Json } from '../../json';
import { CelDuration, CelMap, CelMessage, CelTimestamp, CelType, Uint, type Value } from './values';

/** What `JSON.parse` gives. */

/** JSON in which ready-made values may be (a timestamp in an object, say). */
export type CelInput = Json | Value | readonly CelInput[] | { readonly [key: string]: CelInput };

const SURROGATE = /[\ud800-\udfff]/;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Half a surrogate pair becomes U+FFFD, as Go's JSON decoder has it: every string of ours is a run of code points. */
const wellFormed = (text: string): string => (SURROGATE.test(text) ? text.replace(LONE, '\ufffd') : text);

/** What nests deeper than this is null: recursion over it could run out of stack. (Go's decoder refuses such JSON, though later.) */
export const MAX_JSON_DEPTH = 2000;

/**
 * JSON as a value: every number is a double, as in a Go server; an object's own keys become a map's, `__proto__`, `constructor` and
 * `$typeName` like any other; members that are `undefined` are absent. Ready-made values stay as they are.
 */
export function fromJson(json: CelInput, depth = 0): Value {
  if (typeof json === 'string') return wellFormed(json);
  if (typeof json !== 'object' || json === null) return json;
  if (depth > MAX_JSON_DEPTH) return null;
  if (Array.isArray(json)) {
    const items = json as readonly CelInput[];
    const list: Value[] = [];
    for (let i = 0; i < items.length; i++) list.push(fromJson(items[i] ?? null, depth + 1));
    return list;
  }
  return isMade(json as object) ? (json as Value) : mapFromJson(json as { readonly [key: string]: CelInput }, depth);
}

export function mapFromJson(json: { readonly [key: string]: CelInput }, depth = 0): CelMap {
  const map = new CelMap();
  for (const key of Object.keys(json)) {
    const value = json[key];
    if (value !== undefined) map.set(wellFormed(key), fromJson(value, depth + 1));
  }
  return map;
}

const isMade = (json: object): boolean =>
  Object.getPrototypeOf(json) !== Object.prototype &&
  [CelMap, CelMessage, CelTimestamp, CelDuration, CelType, Uint, Uint8Array].some((made) => json instanceof made);
