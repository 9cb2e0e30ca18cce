/**
 * Tool patterns beyond `*`, matched as minimatch matches them (docs/semantics.md, "Tool patterns"): the whole name is one segment, and a
 * backslash is an ordinary character. The matcher is ours, since a policy may have many patterns of a thousand alternatives each, which
 * minimatch compiles one by one; minimatch expands the braces that are not plain.
 */
import { braceExpand } from 'minimatch';
import { globProgram, runGlob, type GlobProgram, type NameCharacters } from './glob-program';
import { parseGlob, textTokens, type GlobToken } from './glob-syntax';
import { numberSequence, type NumberSequence } from './number-sequence';
import { MAX_ALTERNATIVES, type NameMatcher } from './patterns';
import { starCrossesSlash, type Readings } from '../model/readings';

const FIRST_PRIVATE = 0xe000;
const LAST_PRIVATE = 0xf8ff;

/** A pattern that matches under several readings, made ready for the names that are asked for. */
export class Glob {
  private readonly usual: string;
  private compiled: CompiledGlob | undefined;

  /** `pattern` must be valid (`patternProblem`). */
  constructor(private readonly pattern: string) {
    this.usual = standIn(pattern);
  }

  /** The time that a name takes is linear in its length. */
  matcher(readings: Readings): NameMatcher {
    const ignoresCase = readings.case !== 'sensitive';
    const crosses = starCrossesSlash(readings);
    return (name) => {
      const slash = name.includes(this.usual) ? standIn(this.pattern + name) : this.usual;
      const glob =
        slash === this.usual ? (this.compiled ??= compileGlob(this.pattern, slash)) : compileGlob(this.pattern, slash);
      if (name === '') return glob.matchesEmpty;
      const starStopsAt = crosses ? undefined : slash.charCodeAt(0);
      return runGlob(glob.program, charactersOf(name, slash), { ignoresCase, starStopsAt });
    };
  }
}

/**
 * A private-use character that does not occur in a text. It takes the place of `/`, which would separate segments.
 *
 * INVARIANT: it occurs in neither pattern nor name, or the two characters would be taken for each other.
 */
function standIn(text: string): string {
  for (let code = FIRST_PRIVATE; code < LAST_PRIVATE; code++) {
    const char = String.fromCharCode(code);
    if (!text.includes(char)) return char;
  }
  return String.fromCharCode(LAST_PRIVATE);
}

/** The last name that was read: all patterns of a policy ask for the same one. */
let last: { readonly mapped: string; readonly characters: NameCharacters } | undefined;

function charactersOf(name: string, slash: string): NameCharacters {
  const mapped = name.includes('/') ? name.replaceAll('/', slash) : name;
  if (last?.mapped !== mapped) {
    last = { mapped, characters: Array.from(mapped, (character) => character.codePointAt(0) ?? 0) };
  }
  return last.characters;
}

interface CompiledGlob {
  readonly program: GlobProgram;
  readonly matchesEmpty: boolean;
}

function compileGlob(pattern: string, slash: string): CompiledGlob {
  const mapped = pattern.replaceAll('/', slash);
  const tokens = parseGlob(mapped);
  if (tokens) return { program: globProgram([tokens]), matchesEmpty: starCounts(tokens).has(2) };
  const alternatives = expandBraces(mapped);
  return {
    program: globProgram(alternatives.map((one) => one.tokens)),
    matchesEmpty: alternatives.some(({ text }) => text === '' || text === '**'),
  };
}

interface GlobAlternative {
  readonly text: string;
  readonly tokens: readonly GlobToken[];
}

/** A sequence of numbers that minimatch takes out of a pattern before it looks at the other braces. */
const NUMBERS = /(?<![\\$])\{(-?\d+)\.\.(-?\d+)\}/g;
const MANY_NUMBERS = 100;

/** The alternatives of braces that are no tree, as minimatch makes them. */
function expandBraces(pattern: string): GlobAlternative[] {
  const mark = standIn(pattern);
  const sequences: NumberSequence[] = [];
  const marked = pattern.replace(NUMBERS, (written, from: string, to: string) => {
    const sequence = numberSequence(from, to);
    if (!sequence || Math.abs(sequence.first - sequence.last) + 1 < MANY_NUMBERS) return written;
    return `${mark}${sequences.push(sequence) - 1}${mark}`;
  });
  const texts = expandedTexts(marked);
  // Where one of them may be in brackets, it is expanded too.
  const inBrackets = texts.some((text) => text.includes('[') && text.indexOf('[') < text.lastIndexOf(mark));
  if (sequences.length === 0 || inBrackets) {
    return expandedTexts(pattern).map((text) => ({ text, tokens: textTokens(text) }));
  }
  return texts.map((text) => ({
    text,
    tokens: text.split(mark).flatMap((part, i): readonly GlobToken[] => {
      const numbers = i % 2 === 1 ? sequences[Number(part)] : undefined;
      return numbers ? [{ kind: 'numbers', numbers }] : textTokens(part);
    }),
  }));
}

function expandedTexts(pattern: string): string[] {
  const expanded = braceExpand(pattern.replaceAll('\\', '\\\\'), { braceExpandMax: MAX_ALTERNATIVES });
  return expanded.map((one) => one.replaceAll('\\\\', '\\'));
}

/** How many stars an alternative may consist of, and of nothing else: of two, it matches the empty name, as minimatch has it. */
function starCounts(tokens: readonly GlobToken[]): Set<number> {
  let counts = new Set([0]);
  for (const token of tokens) {
    const more = tokenStars(token);
    counts = new Set([...counts].flatMap((count) => more.map((one) => Math.min(count + one, 3))));
  }
  return counts;
}

function tokenStars(token: GlobToken): number[] {
  if (token.kind === 'star') return [1];
  if (token.kind !== 'either') return [];
  return [...new Set(token.members.flatMap((member) => [...starCounts(member)]))];
}
