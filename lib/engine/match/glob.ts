/** Tool patterns beyond `*`, by minimatch: the whole name is one segment, and a backslash is an ordinary character. */
import { braceExpand, Minimatch, type MinimatchOptions } from 'minimatch';
import { MAX_ALTERNATIVES, type NameMatcher } from './patterns';
import { starCrossesSlash, type Readings } from '../model/readings';

/** `platform` is pinned: on Windows minimatch would take a backslash in a name for a separator. */
const OPTIONS: MinimatchOptions = {
  dot: true,
  nonegate: true,
  nocomment: true,
  noext: true,
  platform: 'linux',
  braceExpandMax: MAX_ALTERNATIVES,
};

const FIRST_PRIVATE = 0xe000;
const LAST_PRIVATE = 0xf8ff;

/** `pattern` must be valid (`patternProblem`). Time is linear in the name: minimatch runs all states of a segment side by side. */
export function globMatcher(pattern: string, readings: Readings): NameMatcher {
  const options = readings.case === 'sensitive' ? OPTIONS : { ...OPTIONS, nocase: true };
  const escaped = pattern.replaceAll('\\', '\\\\');
  const build = (slash: string): NameMatcher => {
    const mapped = escaped.replaceAll('/', slash);
    const glob = new Minimatch(mapped, options);
    return (name) => glob.match(name.replaceAll('/', slash));
  };
  const buildStopping = (slash: string): NameMatcher => {
    const mapped = escaped.replaceAll('/', slash);
    const globs = braceExpand(mapped, options).map(
      (one) => new Minimatch(stopStars(one, slash), stoppingOptions(options)),
    );
    return (name) => globs.some((glob) => glob.match(name.replaceAll('/', slash)));
  };
  const usual = standIn(pattern);
  const crossing = withStandIn(build, usual, pattern);
  if (starCrossesSlash(readings)) return crossing;
  const stopping = withStandIn(buildStopping, usual, pattern);
  return (name) => (name.includes('/') ? stopping(name) : crossing(name));
}

/** INVARIANT: the stand-in for `/` occurs in neither pattern nor name, or the two characters would be taken for each other. */
function withStandIn(build: (slash: string) => NameMatcher, usual: string, pattern: string): NameMatcher {
  let matches: NameMatcher | undefined;
  return (name) => (name.includes(usual) ? build(standIn(pattern + name))(name) : (matches ??= build(usual))(name));
}

/** A private-use character that does not occur in a text. */
function standIn(text: string): string {
  for (let code = FIRST_PRIVATE; code < LAST_PRIVATE; code++) {
    const char = String.fromCharCode(code);
    if (!text.includes(char)) return char;
  }
  return String.fromCharCode(LAST_PRIVATE);
}

/** The options under which `*([!x])` is read as "any run without x". */
const stoppingOptions = (options: MinimatchOptions): MinimatchOptions => ({ ...options, nobrace: true, noext: false });

/** Rewrites each star outside a class as a run that stops at `slash`. Takes a pattern without braces, its backslashes doubled. */
function stopStars(pattern: string, slash: string): string {
  let out = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (c === '\\') {
      out += pattern.slice(i, i + 2);
      i++;
    } else if (c === '[') {
      const end = classEnd(pattern, i);
      out += end === undefined ? '\\[' : pattern.slice(i, end);
      if (end !== undefined) i = end - 1;
    } else if (c === '*') {
      while (pattern.charAt(i + 1) === '*') i++;
      out += `*([!${slash}])`;
    } else {
      out += '()|]'.includes(c) ? `\\${c}` : c;
    }
  }
  return out;
}

/** Where the class that opens at `start` ends, or undefined where it is not closed and `[` is literal. */
function classEnd(pattern: string, start: number): number | undefined {
  let i = start + 1;
  if (pattern.charAt(i) === '!' || pattern.charAt(i) === '^') i++;
  for (let first = true; i < pattern.length; first = false) {
    const c = pattern.charAt(i);
    if (c === ']' && !first) return i + 1;
    const named = c === '[' ? /^\[:[a-z]+:\]/.exec(pattern.slice(i)) : null;
    i += named ? named[0].length : c === '\\' ? 2 : 1;
  }
  return undefined;
}
