/**
 * Characters of a tool name against bracket expressions, `[a-z]`, `[!0-9]`, `[[:alpha:]]`, as minimatch reads them: a name's character is a
 * code point, a backslash is an ordinary member, and a range whose end comes before its start has no members.
 */
export interface CharacterClass {
  readonly negated: boolean;
  /** Pairs of code points, first and last. */
  readonly ranges: readonly number[];
  /** Of named classes: one of these matches, or (`[:graph:]`, `[:print:]`) none of those. */
  readonly within: readonly RegExp[];
  readonly outside: readonly RegExp[];
}

interface NamedClass {
  readonly ranges?: readonly number[];
  readonly within?: RegExp;
  readonly outside?: RegExp;
}

const range = (first: string, last: string): number[] => [first.charCodeAt(0), last.charCodeAt(0)];

const NAMED: Readonly<Record<string, NamedClass>> = {
  '[:alnum:]': { within: /[\p{L}\p{Nl}\p{Nd}]/u },
  '[:alpha:]': { within: /[\p{L}\p{Nl}]/u },
  '[:ascii:]': { ranges: [0, 0x7f] },
  '[:blank:]': { within: /[\p{Zs}\t]/u },
  '[:cntrl:]': { within: /\p{Cc}/u },
  '[:digit:]': { within: /\p{Nd}/u },
  '[:graph:]': { outside: /[\p{Z}\p{C}]/u },
  '[:lower:]': { within: /\p{Ll}/u },
  '[:print:]': { outside: /\p{C}/u },
  '[:punct:]': { within: /[\p{P}\p{S}]/u },
  '[:space:]': { within: /[\p{Z}\t\r\n\v\f]/u },
  '[:upper:]': { within: /\p{Lu}/u },
  '[:word:]': { within: /[\p{L}\p{Nl}\p{Nd}\p{Pc}]/u },
  '[:xdigit:]': { ranges: [...range('A', 'F'), ...range('a', 'f'), ...range('0', '9')] },
};

/** What a bracket expression stands for: a class, one character (`[.]` is the dot itself), or nothing that exists (`[z-a]`). */
export interface ReadBrackets {
  readonly matches: CharacterClass | number | undefined;
  /** The offset after its `]`. */
  readonly end: number;
}

/** The bracket expression that opens at `start`; undefined where it is not closed, and `[` is literal. */
export function readBrackets(text: string, start: number): ReadBrackets | undefined {
  if (!text.includes(']', start + 2)) return undefined;
  const negated = text[start + 1] === '!' || text[start + 1] === '^';
  const first = start + (negated ? 2 : 1);
  const ranges: number[] = [];
  const within: RegExp[] = [];
  const outside: RegExp[] = [];
  let at = first;
  while (at < text.length && (text[at] !== ']' || at === first)) {
    const name = text[at] === '[' ? namedClassAt(text, at) : undefined;
    if (name !== undefined) {
      const known = NAMED[name] ?? {};
      ranges.push(...(known.ranges ?? []));
      if (known.within) within.push(known.within);
      if (known.outside) outside.push(known.outside);
      at += name.length;
      continue;
    }
    const from = text.codePointAt(at) ?? 0;
    at += widthOf(from);
    if (text[at] !== '-' || text[at + 1] === ']' || at + 1 >= text.length) {
      ranges.push(from, from);
      continue;
    }
    // A named class cannot end a range: nothing matches such a pattern.
    if (text[at + 1] === '[' && namedClassAt(text, at + 1) !== undefined)
      return { matches: undefined, end: text.length };
    const to = text.codePointAt(at + 1) ?? 0;
    if (to >= from) ranges.push(from, to);
    at += 1 + widthOf(to);
  }
  if (at >= text.length) return undefined;
  const end = at + 1;
  if (ranges.length + within.length + outside.length === 0) return { matches: undefined, end };
  const only = text.codePointAt(first) ?? 0;
  if (!negated && end === first + widthOf(only) + 1) return { matches: only, end };
  return { matches: { negated, ranges, within, outside }, end };
}

const widthOf = (codePoint: number): number => (codePoint > 0xffff ? 2 : 1);

function namedClassAt(text: string, at: number): string | undefined {
  const name = /^\[:[a-z]{4,6}:\]/.exec(text.slice(at, at + 10))?.[0];
  return name !== undefined && Object.hasOwn(NAMED, name) ? name : undefined;
}

/** Whether a class has a character, or (where case is ignored) one that differs from it in case alone: `same` lists them. */
export function hasCharacter({ negated, ranges, within, outside }: CharacterClass, same: readonly number[]): boolean {
  const listed = ranges.length + within.length > 0;
  if (listed && (same.some((one) => inRanges(ranges, one)) || anyMatches(within, same)) !== negated) return true;
  return outside.length > 0 && anyMatches(outside, same) === negated;
}

function inRanges(ranges: readonly number[], character: number): boolean {
  for (let i = 0; i < ranges.length; i += 2) {
    if (character >= (ranges[i] ?? 0) && character <= (ranges[i + 1] ?? 0)) return true;
  }
  return false;
}

const anyMatches = (tests: readonly RegExp[], same: readonly number[]): boolean =>
  tests.some((test) => same.some((one) => test.test(String.fromCodePoint(one))));

/** More characters than this are not remembered: a hostile name must not fill the memory. */
const MOST_VARIANTS = 1_000;
const variants = new Map<number, readonly number[]>();
let cased: string | undefined;

/** The characters that differ from one in case alone, by Unicode's simple case folding, itself among them, in ascending order. */
export function caseVariants(character: number): readonly number[] {
  const known = variants.get(character);
  if (known) return known;
  if (variants.size >= MOST_VARIANTS) variants.clear();
  const found = findVariants(character);
  variants.set(character, found);
  return found;
}

function findVariants(character: number): number[] {
  const text = String.fromCodePoint(character);
  if (!/[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/u.test(text)) return [character];
  const others = casedCharacters().match(new RegExp(text, 'giu')) ?? [];
  return [...new Set([character, ...others.map((one) => one.codePointAt(0) ?? 0)])].sort((a, b) => a - b);
}

/** All characters that have another case; beyond the first two planes there are none. */
function casedCharacters(): string {
  if (cased !== undefined) return cased;
  const all: string[] = [];
  const hasCase = /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/u;
  for (let code = 0; code < 0x20000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const character = String.fromCodePoint(code);
    if (hasCase.test(character)) all.push(character);
  }
  return (cased = all.join(''));
}
