/** Whether two JSON values are the same, members in any order. A member that is undefined counts as missing. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  }
  const [x, y] = [members(a), members(b)];
  return x.size === y.size && [...x].every(([name, value]) => y.has(name) && sameJson(value, y.get(name)));
}

/** What was there before, where it still says the same: who holds on to it sees that nothing changed. */
export const kept = <T>(before: T | undefined, now: T): T =>
  before !== undefined && sameJson(before, now) ? before : now;

const members = (value: object): Map<string, unknown> =>
  new Map(Object.entries(value).filter(([, member]) => member !== undefined));
