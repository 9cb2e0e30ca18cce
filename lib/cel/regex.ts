import { EvalError } from './values';

/** The one part of RE2 that is used, so that the library is loaded only when a condition needs it. */
export interface Pattern {
  test(text: string): boolean;
}

let compilePattern: ((pattern: string) => Pattern) | undefined;

/** Loads RE2 (60 kB) and what makes tables of its programs; `matches` fails with `no-regex` until it is there. */
export async function loadRegex(): Promise<void> {
  if (compilePattern) return;
  const [{ RE2JS }, { tabulate }] = await Promise.all([import('@bufbuild/re2'), import('./regex-dfa')]);
  compilePattern = (pattern) => {
    const compiled = RE2JS.compile(pattern);
    const slow = (text: string): boolean => compiled.test(text);
    return { test: tabulate(compiled.re2().prog, slow) ?? slow };
  };
}

/** A compiled pattern, or the error that cel-go would raise at run time. */
export function compileRegex(pattern: string): Pattern | EvalError {
  if (!compilePattern) return new EvalError('no-regex', 'regular expressions are not loaded');
  try {
    return compilePattern(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : '';
    return new EvalError('invalid-regex', `invalid regular expression: ${reason}`);
  }
}

const CACHE_SIZE = 64;
const cache = new Map<string, Pattern | EvalError>();

/** For patterns that are computed: the last few are kept. */
export function cachedRegex(pattern: string): Pattern | EvalError {
  let compiled = cache.get(pattern);
  if (compiled === undefined) {
    compiled = compileRegex(pattern);
    if (!compilePattern) return compiled;
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(pattern, compiled);
  }
  return compiled;
}
