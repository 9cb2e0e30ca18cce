/** Bounds that keep memory in check whatever the file; all stated in a reject where they turn something away. */

/** The longest line that is read, in bytes; also how far a head without line breaks is looked at. */
export const MAX_LINE = 16 * 1024 * 1024;
/** The longest entry of a JSON document that is read, in UTF-16 units. */
export const MAX_ENTRY = 64 * 1024 * 1024;
/** The deepest nesting of an entry. */
export const MAX_DEPTH = 500;
/** How much of a file is looked at to recognize it, where it has line breaks. */
export const HEAD = 64 * 1024;
/** How much of a file is read on trial, where no format reads a call in less. */
export const TRIAL = 1024 * 1024;
export const TOO_DEEP = `the entry nests deeper than ${MAX_DEPTH} levels`;
/** Larger chunks are cut, so that progress and cancel stay near. */
export const CHUNK = 1024 * 1024;
/** The longest row of a table over several lines, in UTF-16 units. */
export const MAX_ROW = 1024 * 1024;
/** How much of a reject is quoted. */
export const EXCERPT = 200;

export const excerpt = (text: string): string => (text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT - 1)}…`);

/** True where a value nests deeper than `MAX_DEPTH`. Walks without recursion. */
export function tooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true;
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      for (const inner of Object.values(item)) if (typeof inner === 'object' && inner !== null) next.push(inner);
    }
    level = next;
  }
  return false;
}
