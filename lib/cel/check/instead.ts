/**
 * What to write instead of functions that other languages and CEL's extensions have. In an expression `x` is what the function is called
 * on, or its first argument, and `y` the next one. The tests compile and run each of them.
 */
const ANY_CASE = 'x.matches("(?i)^text$")';
const PART = 'x.contains(y)';

const TABLE: readonly (readonly [names: string, ...expressions: string[]])[] = [
  ['length len count strlen', 'size(x)'],
  ['isEmpty empty', 'size(x) == 0'],
  ['toLowerCase toLower lower lowerAscii toUpperCase toUpper upper upperAscii equalsIgnoreCase', ANY_CASE],
  ['includes', PART, 'y in x'],
  ['indexOf lastIndexOf substring substr search', PART],
  ['trim strip', 'x.matches("^\\\\s*text\\\\s*$")'],
  ['test match regex', 'x.matches(y)'],
  ['toString str String', 'string(x)'],
  ['parseInt Number toInt', 'int(x)'],
  ['parseFloat float toDouble', 'double(x)'],
  ['some any', 'x.exists(e, e == y)'],
  ['every', 'x.all(e, e == y)'],
  ['hasOwnProperty containsKey hasKey', 'y in x'],
];

const INSTEAD: ReadonlyMap<string, readonly string[]> = new Map(
  TABLE.flatMap(([names, ...expressions]) => names.split(' ').map((name) => [name, expressions] as const)),
);

/** The expressions to write instead of a function or a field of this name; undefined where none is known. */
export const insteadOf = (name: string): readonly string[] | undefined => INSTEAD.get(name);

/** Every name that has an answer. */
export const FOREIGN_NAMES: readonly string[] = [...INSTEAD.keys()];
