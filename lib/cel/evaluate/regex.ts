import type { classNames as namesOfClasses, compilePattern, patternSteps as stepsOfPattern } from './regex-compile';
import type { RegexPattern } from './regex-program';
import { budget } from '../values/budget';
import { EvalError } from '../values/values';

export type { RegexPattern };

/** What is loaded with RE2. */
interface RegexLibrary {
  readonly compilePattern: typeof compilePattern;
  readonly patternSteps: typeof stepsOfPattern;
  readonly classNames: typeof namesOfClasses;
}

let machinery: RegexLibrary | undefined;

/** Loads RE2 (60 kB) and what runs its programs; `matches` fails with `no-regex` until it is there. */
export async function loadRegex(): Promise<void> {
  machinery ??= await import('./regex-compile');
}

/** The steps that compiling a computed pattern is charged with, from its text alone. */
export const patternSteps = (pattern: string): number => machinery?.patternSteps(pattern) ?? 0;

/**
 * The library makes the table of a Unicode class when it first meets the name, from all of Unicode: some 50 ms. Charged once for each name
 * in a condition's literals, and once in an evaluation, whether the table is there already or not.
 */
const LITERAL_CLASS_STEPS = 100_000;
const COMPUTED_CLASS_STEPS = 400_000;

/** The steps for the Unicode classes that a computed pattern is the first to name in this evaluation. */
export function classSteps(pattern: string): number {
  if (!machinery || !/\\p/i.test(pattern)) return 0;
  const seen = (budget.classes ??= new Set());
  const before = seen.size;
  for (const name of machinery.classNames(pattern)) seen.add(name);
  return (seen.size - before) * COMPUTED_CLASS_STEPS;
}

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
  const classes = new Set<string>();
  let left = MAX_LITERAL_STEPS;
  return (pattern) => {
    let found = compiled.get(pattern);
    if (found === undefined) {
      const before = classes.size;
      for (const name of machinery?.classNames(pattern) ?? []) classes.add(name);
      left -= patternSteps(pattern) + (classes.size - before) * LITERAL_CLASS_STEPS;
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
