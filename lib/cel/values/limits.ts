/** cel-go's default limits on an expression (`parser.Options`), and ours where it has none; and the bounds of its numbers. */

/** Longest source, in code points. */
export const MAX_CODE_POINTS = 100_000;

/** Deepest nesting: of one grammar rule inside itself while reading, and of selections, calls, indexes and binary operators in the tree. */
export const MAX_NESTING = 250;

/** Past this many diagnostics reading stops: a source that broken gains nothing from more. */
export const MAX_DIAGNOSTICS = 100;

/** The bounds of an int and of a uint. */
export const MAX_INT = 2n ** 63n - 1n;
export const MIN_INT = -(2n ** 63n);
export const MAX_UINT = 2n ** 64n - 1n;

/** Number of code points of a string: a surrogate pair counts once, as in cel-go's rune buffer. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      length--;
      i++;
    }
  }
  return length;
}
