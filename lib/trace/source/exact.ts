/**
 * JSON as this program reads it, with what reading changed. `JSON.parse` rounds long numbers, makes `1e400` infinite, and keeps the last
 * of equal keys (RFC 8259, sections 4 and 6): what a gateway decided on may have been another value, and that must be said.
 *
 * What was changed is remembered beside the object or list that holds it, so that it is found again wherever an importer puts that object.
 * Texts without long numbers and repeated keys, which are nearly all, cost a search and a count.
 */
import { keepsItsValue } from '../../engine';

/** What reading changed at one key of an object, or one place of a list. */
export type ReadingChange =
  | { readonly kind: 'number'; readonly key: string | number; readonly written: string; readonly read: number }
  | { readonly kind: 'duplicate-key'; readonly key: string };

/** A change, and the JSON pointer of the value that it is about, from where one looked. */
export interface PlacedChange {
  readonly path: string;
  readonly change: ReadingChange;
}

const CHANGES = new WeakMap<object, ReadingChange[]>();
let anyChange = false;

/** Remembers a change beside its object, list or map. */
export function rememberChange(holder: object, change: ReadingChange): void {
  anyChange = true;
  const known = CHANGES.get(holder);
  if (known === undefined) CHANGES.set(holder, [change]);
  else known.push(change);
}

export const changesBeside = (holder: object): readonly ReadingChange[] =>
  anyChange ? (CHANGES.get(holder) ?? []) : [];

/** Takes out what is remembered beside a value and all that it holds, of this kind or of all: what was reported once is not reported again. */
export function takeChanges(value: unknown, path = '', kind?: ReadingChange['kind']): readonly PlacedChange[] {
  if (!anyChange) return [];
  const found: PlacedChange[] = [];
  const waiting: [unknown, string][] = [[value, path]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [item, at] = next;
    if (typeof item !== 'object' || item === null) continue;
    const [taken, left] = partition(CHANGES.get(item) ?? [], (change) => kind === undefined || change.kind === kind);
    for (const change of taken) found.push({ path: `${at}${pointer(change.key)}`, change });
    if (left.length === 0) CHANGES.delete(item);
    else CHANGES.set(item, left);
    for (const [key, inner] of Object.entries(item))
      if (typeof inner === 'object' && inner !== null) waiting.push([inner, `${at}${pointer(key)}`]);
  }
  return found;
}

function partition<T>(list: readonly T[], fits: (item: T) => boolean): readonly [T[], T[]] {
  return [list.filter(fits), list.filter((item) => !fits(item))];
}

const pointer = (key: string | number): string => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The value of a JSON text, or undefined. `JSON.parse` makes `__proto__` an own property, and lets the last of equal keys win. */
export function parse(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
  if (typeof value === 'object' && value !== null && (SUSPECT.test(text) || colons(text) > keys(value)))
    rememberChanges(text, value);
  return value;
}

/** A number (outside of quotes, or after a comma or colon inside) that is long, has an exponent, or is `-0`. */
const SUSPECT = /[:,[\s]-?(?:[\d.]{16}|[\d.]+[eE]|(?<=-)0)/;

/** How many keys the text may have: an upper bound, for a text inside quotes may look like one. */
function colons(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) <= 0x20) before--;
    if (text.charCodeAt(before) === 0x22 && text.charCodeAt(before - 1) !== 0x5c) count++;
    // A key may end with an escaped backslash.
    else if (text.startsWith('\\\\"', before - 2)) count++;
  }
  return count;
}

function keys(value: object): number {
  let count = 0;
  const left: object[] = [value];
  for (let item = left.pop(); item !== undefined; item = left.pop()) {
    const members = Array.isArray(item) ? (item as unknown[]) : Object.values(item);
    if (!Array.isArray(item)) count += members.length;
    for (const inner of members) if (typeof inner === 'object' && inner !== null) left.push(inner);
  }
  return count;
}

interface OpenValue {
  readonly seen: Set<string> | null;
  key: string | number;
}

type Path = readonly (string | number)[];
const MOST_CHANGES = 1_000;
const NUMBER = /-?\d[\d.eE+-]*/y;

/** INVARIANT: `text` is JSON, and `value` is what it was read as. */
function rememberChanges(text: string, value: object): void {
  const open: OpenValue[] = [];
  let found: { readonly holder: Path; readonly change: ReadingChange }[] = [];
  const path = (): Path => open.map(({ key }) => key);
  let wantsKey = false;
  for (let at = 0; at < text.length && found.length < MOST_CHANGES;) {
    const char = text[at] ?? '';
    const inside = open[open.length - 1];
    if (char === '"') {
      const end = stringEnd(text, at);
      if (wantsKey && inside?.seen) {
        const key = JSON.parse(text.slice(at, end)) as string;
        inside.key = key;
        if (inside.seen.has(key)) {
          const here = path();
          // What the earlier value of this key was, or held, is not read.
          found = found.filter(
            ({ holder, change }) => !isWithin([...holder, change.key], here) || isRepeat(change, key),
          );
          const known = found.some(
            ({ holder, change }) => isRepeat(change, key) && isWithin(holder, here.slice(0, -1)),
          );
          if (!known) found.push({ holder: here.slice(0, -1), change: { kind: 'duplicate-key', key } });
        }
        inside.seen.add(key);
        wantsKey = false;
      }
      at = end;
      continue;
    }
    if (char === '{' || char === '[') {
      open.push(char === '{' ? { seen: new Set(), key: '' } : { seen: null, key: 0 });
      wantsKey = char === '{';
    } else if (char === '}' || char === ']') {
      open.pop();
      wantsKey = false;
    } else if (char === ',' && inside) {
      if (inside.seen) wantsKey = true;
      else if (typeof inside.key === 'number') inside.key++;
    } else if (char === '-' || (char >= '0' && char <= '9')) {
      NUMBER.lastIndex = at;
      const [written = char] = NUMBER.exec(text) ?? [];
      const read = Number(written);
      if (inside && !keepsItsValue(written, read)) {
        const change: ReadingChange = { kind: 'number', key: inside.key, written, read: read === 0 ? 0 : read };
        found.push({ holder: path().slice(0, -1), change });
      }
      at += written.length;
      continue;
    }
    at++;
  }
  for (const { holder, change } of found) settle(value, holder, change);
}

const isWithin = (path: Path, outer: Path): boolean => outer.every((part, i) => path[i] === part);
const isRepeat = (change: ReadingChange, key: string): boolean => change.kind === 'duplicate-key' && change.key === key;

function stringEnd(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

function settle(value: object, path: Path, change: ReadingChange): void {
  let holder: unknown = value;
  for (const key of path) {
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key)) return;
    holder = (holder as Readonly<Record<string | number, unknown>>)[key];
  }
  if (typeof holder !== 'object' || holder === null) return;
  // `-0` is stored and shown as 0: let it be 0 from the start.
  if (change.kind === 'number' && change.read === 0)
    Object.defineProperty(holder, change.key, { value: 0, enumerable: true, writable: true, configurable: true });
  rememberChange(holder, change);
}
