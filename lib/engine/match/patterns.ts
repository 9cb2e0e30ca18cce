/**
 * Tool patterns as texts: what makes one valid, and which syntax goes beyond the `*` that the gateway documents. Matching is in
 * `matchers.ts`.
 */
import { countAlternatives, kindOfBraces } from './braces';

/** Whether a name matches, in time linear in its length. */
export type NameMatcher = (name: string) => boolean;

export const MAX_PATTERN_LENGTH = 256;
export const MAX_ALTERNATIVES = 1000;
/** Of all patterns of a policy together, those counted whose braces are expanded. */
export const MAX_EXPANDED_ALTERNATIVES = 10_000;

export interface PatternProblem {
  readonly code: 'pattern-empty' | 'pattern-too-long' | 'pattern-too-many-alternatives';
  readonly message: string;
}

/** Why a pattern is not valid. Lengths are in characters (code points). */
export function patternProblem(pattern: string): PatternProblem | undefined {
  if (pattern === '') return { code: 'pattern-empty', message: 'a tool pattern must have at least one character' };
  if (pattern.length > MAX_PATTERN_LENGTH && [...pattern].length > MAX_PATTERN_LENGTH) {
    const shown = `${[...pattern].slice(0, 24).join('')}…`;
    return {
      code: 'pattern-too-long',
      message: `tool pattern \`${shown}\` is longer than ${MAX_PATTERN_LENGTH} characters`,
    };
  }
  if (pattern.includes('{') && countAlternatives(pattern, MAX_ALTERNATIVES) > MAX_ALTERNATIVES) {
    return {
      code: 'pattern-too-many-alternatives',
      message: `tool pattern \`${pattern}\` stands for more than 1,000 alternatives`,
    };
  }
  return undefined;
}

/** Syntax beyond `*`, which the gateway does not document: such a pattern may not mean the same there. */
export function isPortablePattern(pattern: string): boolean {
  return !/[?[{]/.test(pattern);
}

/** The words of the warning that goes with a pattern that is not portable. */
export function portabilityWarning(pattern: string): string | undefined {
  const found = [...new Set(pattern.match(/[?[{]/g))].map((c) => `\`${c}\``);
  if (found.length === 0) return undefined;
  return `tool pattern \`${pattern}\` uses ${found.join(' and ')}, which the gateway does not document: only \`*\` is`;
}

/** How many alternatives are made of a valid pattern before it is matched: 0 where its braces are matched as they are. */
export function expandedAlternatives(pattern: string): number {
  return kindOfBraces(pattern) === 'expanded' ? countAlternatives(pattern, MAX_ALTERNATIVES) : 0;
}
