/**
 * Tool patterns against a tool's bare name, the whole of it. `*` alone is matched here; a pattern with any of `? [ {` is a glob,
 * whose code is loaded when the first such pattern is compiled.
 */
import type { Glob } from './glob';
import { isPortablePattern, MAX_PATTERN_LENGTH, patternProblem, type NameMatcher } from './patterns';
import { comparable, OURS, starCrossesSlash, type Readings } from '../model/readings';

/** Makes the matcher of a pattern. A pattern that is not valid matches nothing. */
export type MatcherFactory = (pattern: string, readings?: Readings) => NameMatcher;

/** The factory for these patterns: awaits the code of globs where one of them is one. Never fails. */
export async function loadMatchers(patterns: Iterable<string>): Promise<MatcherFactory> {
  let needed = false;
  for (const pattern of patterns) needed ||= !isPortablePattern(pattern) && !patternProblem(pattern);
  const code = needed ? await import('./glob') : undefined;
  const globs = new Map<string, Glob>();
  return (pattern, readings = OURS) => {
    if (patternProblem(pattern)) return matchesNothing;
    if (isPortablePattern(pattern)) return starMatcher(pattern, readings);
    if (!code) return matchesNothing;
    let glob = globs.get(pattern);
    if (!glob) globs.set(pattern, (glob = new code.Glob(pattern)));
    return glob.matcher(readings);
  };
}

const matchesNothing: NameMatcher = () => false;

/** A name that is not known certainly matches a pattern made only of `*` (where `*` stands for every character). */
export function matchesEveryName(pattern: string, readings: Readings): boolean {
  return /^\*+$/.test(pattern) && pattern.length <= MAX_PATTERN_LENGTH && starCrossesSlash(readings);
}

/** The matcher of a pattern in which `*` is the one special character. */
export function starMatcher(pattern: string, readings: Readings): NameMatcher {
  const wanted = comparable(pattern, readings);
  const matches = starCrossesSlash(readings) ? runMatcher(wanted) : segmentMatcher(wanted);
  return readings.case === 'sensitive' ? matches : (name) => matches(comparable(name, readings));
}

/**
 * Literal pieces between stars: the first and the last are anchored, each of the others is taken where it first occurs after the one
 * before, which leaves the most room to the rest. No piece is ever looked for twice.
 */
function runMatcher(pattern: string): NameMatcher {
  const pieces = pattern.split(/\*+/);
  if (pieces.length === 1) return (name) => name === pattern;
  const head = pieces[0] ?? '';
  const tail = pieces[pieces.length - 1] ?? '';
  const middle = pieces.slice(1, -1);
  const least = head.length + tail.length;
  if (least === 0 && middle.length === 0) return () => true;
  if (middle.length === 0) {
    if (tail === '') return (name) => name.startsWith(head);
    return (name) => name.length >= least && name.startsWith(head) && name.endsWith(tail);
  }
  return (name) => {
    if (name.length < least || !name.startsWith(head) || !name.endsWith(tail)) return false;
    const end = name.length - tail.length;
    let at = head.length;
    for (const piece of middle) {
      const found = name.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  };
}

/** A star that stops at `/` matches segment by segment. */
function segmentMatcher(pattern: string): NameMatcher {
  const segments = pattern.split('/').map(runMatcher);
  return (name) => {
    const parts = name.split('/');
    return parts.length === segments.length && segments.every((matches, i) => matches(parts[i] ?? ''));
  };
}
