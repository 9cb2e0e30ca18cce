type NestedValue =
  null | boolean | number | string | readonly NestedValue[] | { readonly [name: string]: NestedValue | undefined };

const REPLACEMENT = '\ufffd';
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A value whose texts and names have U+FFFD in place of each lone surrogate (half of a character, as an emoji that was cut leaves it),
 * which no UTF-8, canonical JSON (RFC 8785) or link can hold. The same value where it has none. Names that become equal stay apart: the
 * later one is numbered (`�~2`).
 */
export function wellFormed<T>(value: T): T {
  return repair(value as NestedValue) as T;
}

function repair(value: NestedValue): NestedValue {
  if (typeof value === 'string') return repairText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list = value as readonly NestedValue[];
    const repaired = list.map(repair);
    return repaired.some((item, i) => item !== list[i]) ? repaired : list;
  }
  const members = Object.entries(value as Readonly<Record<string, NestedValue | undefined>>);
  let changed = false;
  const taken = new Set(members.map(([name]) => name));
  const repaired = members.map(([name, member]) => {
    const next: readonly [string, NestedValue | undefined] = [
      repairName(name, taken),
      member === undefined ? undefined : repair(member),
    ];
    changed ||= next[0] !== name || next[1] !== member;
    return next;
  });
  return changed ? Object.fromEntries(repaired) : value;
}

const repairText = (text: string): string => text.replace(LONE_SURROGATE, REPLACEMENT);

function repairName(name: string, taken: Set<string>): string {
  const repaired = repairText(name);
  if (repaired === name) return name;
  let free = repaired;
  for (let count = 2; taken.has(free); count++) free = `${repaired}~${String(count)}`;
  taken.add(free);
  return free;
}
