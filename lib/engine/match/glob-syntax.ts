/**
 * The syntax of tool patterns beyond `*`: `?`, bracket expressions and braces, as minimatch reads them. Braces become a tree, not a list of
 * alternatives, so that what is made of a pattern is in proportion to its text.
 */
import { kindOfBraces } from './braces';
import { readBrackets, type CharacterClass } from './characters';
import { numberSequence, type NumberSequence } from './number-sequence';

export type GlobToken =
  | { readonly kind: 'star' | 'any' | 'never' }
  | { readonly kind: 'character'; readonly code: number }
  | { readonly kind: 'class'; readonly characters: CharacterClass }
  | { readonly kind: 'numbers'; readonly numbers: NumberSequence }
  | { readonly kind: 'either'; readonly members: readonly (readonly GlobToken[])[] };

/** Undefined where the braces of a pattern must be expanded first. */
export function parseGlob(pattern: string): readonly GlobToken[] | undefined {
  const braces = kindOfBraces(pattern);
  if (braces === 'literal') return textTokens(pattern);
  return braces === 'plain' ? new BraceReader(pattern).readMember(0) : undefined;
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

/** Reads a pattern whose braces are plain. */
class BraceReader {
  private at = 0;

  constructor(private readonly pattern: string) {}

  /** Up to the `,` or `}` that ends a member of braces, or to the end of the pattern. */
  readMember(depth: number): GlobToken[] {
    const tokens: GlobToken[] = [];
    let start = this.at;
    while (this.at < this.pattern.length) {
      const c = this.pattern[this.at];
      if (depth > 0 && (c === ',' || c === '}')) break;
      if (c !== '{') this.at++;
      else {
        tokens.push(...textTokens(this.pattern.slice(start, this.at)), this.readBraces(depth));
        start = this.at;
      }
    }
    return [...tokens, ...textTokens(this.pattern.slice(start, this.at))];
  }

  private readBraces(depth: number): GlobToken {
    const sequence = this.readNumbers() ?? this.readLetters();
    if (sequence) return sequence;
    const members: GlobToken[][] = [];
    do {
      this.at++;
      members.push(this.readMember(depth + 1));
    } while (this.pattern[this.at] === ',');
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
    return numbers ? { kind: 'numbers', numbers } : { kind: 'never' };
  }

  private readLetters(): GlobToken | undefined {
    LETTERS.lastIndex = this.at;
    const match = LETTERS.exec(this.pattern);
    if (!match) return undefined;
    this.at = LETTERS.lastIndex;
    const [from = '', to = '', by = '1'] = match.slice(1);
    const [first, last, step] = [from.charCodeAt(0), to.charCodeAt(0), Math.max(Math.abs(Number(by)), 1)];
    const ranges: number[] = [];
    for (let i = 0; i <= Math.abs(last - first); i += step) {
      const letter = first <= last ? first + i : first - i;
      ranges.push(letter, letter);
    }
    return { kind: 'class', characters: { negated: false, ranges, within: [], outside: [] } };
  }
}
