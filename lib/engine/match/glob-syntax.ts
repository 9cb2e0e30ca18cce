/**
 * The syntax of tool patterns beyond `*`: `?`, bracket expressions and braces, as minimatch reads them. Braces become a tree, not a list of
 * alternatives, so that what is made of a pattern is in proportion to its text.
 */
import { readBrackets, type CharacterClass } from './characters';
import { numberSequence, type NumberSequence } from './number-sequence';

export type GlobToken =
  | { readonly kind: 'star' | 'any' | 'never' }
  | { readonly kind: 'character'; readonly code: number }
  | { readonly kind: 'class'; readonly characters: CharacterClass }
  | { readonly kind: 'numbers'; readonly numbers: NumberSequence }
  | { readonly kind: 'either'; readonly members: readonly (readonly GlobToken[])[] };

/** Braces that stand for alternatives: without these characters in this order, each `{` and `}` is literal. */
const HAS_BRACES = /\{(?:(?!\{).)*\}/;

/**
 * Where braces must be expanded by bash's rules, one alternative after the other, since what they stand for is not a tree of its parts:
 * unbalanced braces, `{a}`, `${a,b}`, `{A..z}`, or a bracket expression that begins in one member and ends after it (`[{a,b}]`).
 */
export const NEEDS_EXPANSION = 'needs expansion';

export function parseGlob(pattern: string): readonly GlobToken[] | typeof NEEDS_EXPANSION {
  if (!HAS_BRACES.test(pattern)) return textTokens(pattern);
  // Joined halves of a surrogate pair would be one character, and braces do not reach across lines.
  if (/\$\{|[\n\r\u2028\u2029\p{Surrogate}]/u.test(pattern)) return NEEDS_EXPANSION;
  const reader = new BraceReader(pattern);
  const tokens = reader.readMember(0);
  return reader.plain ? tokens : NEEDS_EXPANSION;
}

/** The tokens of a text without braces that stand for alternatives. */
export function textTokens(text: string): GlobToken[] {
  const tokens: GlobToken[] = [];
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at) ?? 0;
    const brackets = text[at] === '[' ? readBrackets(text, at) : undefined;
    if (brackets) {
      const { matches } = brackets;
      if (matches === undefined) tokens.push({ kind: 'never' });
      else if (typeof matches === 'number') tokens.push({ kind: 'character', code: matches });
      else tokens.push({ kind: 'class', characters: matches });
      at = brackets.end;
      continue;
    }
    if (text[at] === '*') tokens.push({ kind: 'star' });
    else if (text[at] === '?') tokens.push({ kind: 'any' });
    else tokens.push({ kind: 'character', code });
    at += code > 0xffff ? 2 : 1;
  }
  return tokens;
}

const NUMBERS = /\{(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?\}/y;
const LETTERS = /\{([a-zA-Z])\.\.([a-zA-Z])(?:\.\.(-?\d+))?\}/y;

class BraceReader {
  plain = true;
  private at = 0;

  constructor(private readonly pattern: string) {}

  /** Up to the `,` or `}` that ends a member of braces, or to the end of the pattern. */
  readMember(depth: number): GlobToken[] {
    const tokens: GlobToken[] = [];
    let start = this.at;
    for (; this.plain && this.at < this.pattern.length;) {
      const c = this.pattern[this.at];
      if (depth > 0 && (c === ',' || c === '}')) break;
      if (c === '{') {
        tokens.push(...this.readText(start), this.readBraces(depth));
        start = this.at;
      } else {
        if (c === '}') this.plain = false;
        this.at++;
      }
    }
    return [...tokens, ...this.readText(start)];
  }

  private readText(start: number): GlobToken[] {
    const text = this.pattern.slice(start, this.at);
    // A bracket that is not closed in this text could be closed by what comes after it.
    if (openBracket(text) && this.pattern.includes(']', this.at)) this.plain = false;
    return textTokens(text);
  }

  private readBraces(depth: number): GlobToken {
    const sequence = this.readNumbers() ?? this.readLetters();
    if (sequence) return sequence;
    const members: GlobToken[][] = [];
    do {
      this.at++;
      members.push(this.readMember(depth + 1));
    } while (this.plain && this.pattern[this.at] === ',');
    if (this.pattern[this.at] !== '}' || members.length < 2) this.plain = false;
    this.at++;
    return { kind: 'either', members };
  }

  private readNumbers(): GlobToken | undefined {
    NUMBERS.lastIndex = this.at;
    const match = NUMBERS.exec(this.pattern);
    if (!match) return undefined;
    this.at = NUMBERS.lastIndex;
    const [from = '', to = '', by = '1'] = match.slice(1);
    const numbers = numberSequence(from, to, by);
    if (!numbers) this.plain = false;
    return numbers ? { kind: 'numbers', numbers } : { kind: 'never' };
  }

  private readLetters(): GlobToken | undefined {
    LETTERS.lastIndex = this.at;
    const match = LETTERS.exec(this.pattern);
    if (!match) return undefined;
    this.at = LETTERS.lastIndex;
    const [from = '', to = '', by = '1'] = match.slice(1);
    // Between `Z` and `a` there are characters that have a meaning in patterns.
    if (/[a-z]/.test(from) !== /[a-z]/.test(to)) this.plain = false;
    const [first, last, step] = [from.charCodeAt(0), to.charCodeAt(0), Math.max(Math.abs(Number(by)), 1)];
    const ranges: number[] = [];
    for (let i = 0; i <= Math.abs(last - first); i += step) {
      const letter = first <= last ? first + i : first - i;
      ranges.push(letter, letter);
    }
    return { kind: 'class', characters: { negated: false, ranges, within: [], outside: [] } };
  }
}

function openBracket(text: string): boolean {
  for (let at = text.indexOf('['); at >= 0;) {
    const end = readBrackets(text, at)?.end;
    if (end === undefined) return true;
    at = text.indexOf('[', end);
  }
  return false;
}
