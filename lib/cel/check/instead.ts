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

/** `write …`, as the help of a diagnostic; undefined where nothing is known. */
export function insteadHelp(name: string): { readonly help: string } | undefined {
  const expressions = insteadOf(name);
  return expressions && { help: `write ${expressions.map((one) => `\`${one}\``).join(' or ')}` };
}

/** Whether a field of this name is likely one that other languages have on every value, and no key of a map. */
export const isForeignMember = (name: string): boolean =>
  (name === 'length' || /[A-Z]/.test(name)) && INSTEAD.has(name);

/** Every name that has an answer. */
export const FOREIGN_NAMES: readonly string[] = [...INSTEAD.keys()];
