import type { compilePattern, patternSteps as stepsOfPattern } from './regex-compile';
import type { RegexPattern } from './regex-program';
import { EvalError } from '../values/values';

export type { RegexPattern };

/** What is loaded with RE2. */
interface RegexLibrary {
  readonly compilePattern: typeof compilePattern;
  readonly patternSteps: typeof stepsOfPattern;
}

let machinery: RegexLibrary | undefined;

/** Loads RE2 (60 kB) and what runs its programs; `matches` fails with `no-regex` until it is there. */
export async function loadRegex(): Promise<void> {
  machinery ??= await import('./regex-compile');
}

/** The steps that compiling a computed pattern is charged with, from its text alone. */
export const patternSteps = (pattern: string): number => machinery?.patternSteps(pattern) ?? 0;

/** A compiled pattern, or the error that cel-go would raise at run time. `often`: with a table, which is worth its time for a literal. */
export function compileRegex(pattern: string, often = true): RegexPattern | EvalError {
  if (!machinery) return new EvalError('no-regex', 'regular expressions are not loaded');
  try {
    return machinery.compilePattern(pattern, often);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : '';
    return new EvalError('invalid-regex', `invalid regular expression: ${reason.slice(0, 200)}`);
  }
}

const MAX_LITERAL_STEPS = 1_000_000;

/** Compiles the literal patterns of one condition, each once; together they may take no more steps than an evaluation. */
export function literalPatterns(): (pattern: string) => RegexPattern | EvalError {
  const compiled = new Map<string, RegexPattern | EvalError>();
  let left = MAX_LITERAL_STEPS;
  return (pattern) => {
    let found = compiled.get(pattern);
    if (found === undefined) {
      left -= patternSteps(pattern);
      const tooLarge =
        'the regular expressions of the condition are too large: compiling them takes more than 1,000,000 steps';
      found = left < 0 ? new EvalError('cost', tooLarge) : compileRegex(pattern);
      if (!(found instanceof EvalError)) left -= found.steps;
      compiled.set(pattern, found);
    }
    return found;
  };
}

const CACHE_SIZE = 64;
/** The cached patterns' memory is bounded by the steps that making them took. */
const CACHE_STEPS = 1_000_000;
const cache = new Map<string, RegexPattern | EvalError>();
let cachedSteps = 0;

/** For patterns that are computed: the last few are kept. */
export function cachedRegex(pattern: string): RegexPattern | EvalError {
  let compiled = cache.get(pattern);
  if (compiled === undefined) {
    compiled = compileRegex(pattern, false);
    if (!machinery) return compiled;
    const steps = patternSteps(pattern);
    if (cache.size >= CACHE_SIZE || cachedSteps + steps > CACHE_STEPS) {
      cache.clear();
      cachedSteps = 0;
    }
    cachedSteps += steps;
    cache.set(pattern, compiled);
  }
  return compiled;
}
