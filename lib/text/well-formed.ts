type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined };

const REPLACEMENT = '\ufffd';
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A value whose texts and names have U+FFFD in place of each lone surrogate (half of a character, as an emoji that was cut leaves it),
 * which no UTF-8, canonical JSON (RFC 8785) or link can hold. The same value where it has none. Names that become equal stay apart: the
 * later one is numbered (`�~2`).
 */
export function wellFormed<T>(value: T): T {
  return mend(value as Json) as T;
}

function mend(value: Json): Json {
  if (typeof value === 'string') return mendText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    const mended = list.map(mend);
    return mended.some((item, i) => item !== list[i]) ? mended : list;
  }
  const members = Object.entries(value as Readonly<Record<string, Json | undefined>>);
  let changed = false;
  const taken = new Set(members.map(([name]) => name));
  const mended = members.map(([name, member]) => {
    const next: readonly [string, Json | undefined] = [
      mendName(name, taken),
      member === undefined ? undefined : mend(member),
    ];
    changed ||= next[0] !== name || next[1] !== member;
    return next;
  });
  return changed ? Object.fromEntries(mended) : value;
}

const mendText = (text: string): string => text.replace(LONE_SURROGATE, REPLACEMENT);

function mendName(name: string, taken: Set<string>): string {
  const mended = mendText(name);
  if (mended === name) return name;
  let free = mended;
  for (let count = 2; taken.has(free); count++) free = `${mended}~${String(count)}`;
  taken.add(free);
  return free;
}
