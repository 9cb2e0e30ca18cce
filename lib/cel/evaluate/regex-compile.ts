/** All that is loaded with RE2: the library parses and compiles, its programs run here, in bounded time. */
import { RE2JS } from '@bufbuild/re2';
import { MAX_STEPS } from '../values/budget';
import { simulate, type RegexPattern, type RegexProgram } from './regex-program';
import { tabulate } from './regex-table';
import { sizeOfPattern } from './regex-size';

export { classNames } from './regex-size';

/** Measured: the library's parser takes some microseconds for an instruction, and time for the square of a pattern's length. */
export function patternSteps(pattern: string): number {
  const forLength = Math.floor(pattern.length ** 2 / 25);
  // Estimating the size of a pattern of megabytes takes longer than an evaluation may.
  return forLength > MAX_STEPS ? forLength : 15 * sizeOfPattern(pattern) + forLength;
}

/** What a character takes: in a table one look-up, else every instruction may be looked at. */
const TABLE_STEPS = 0.2;
const INSTRUCTION_STEPS = 0.3;

/** Throws where RE2 refuses the pattern. */
export function compilePattern(pattern: string, often: boolean): RegexPattern {
  const program: RegexProgram = RE2JS.compile(pattern).re2().prog;
  const table = often ? tabulate(program, orbit) : undefined;
  if (table?.test) return { test: table.test, stepsPerUnit: TABLE_STEPS, steps: table.steps };
  return {
    test: simulate(program),
    stepsPerUnit: INSTRUCTION_STEPS * program.inst.length,
    steps: table?.steps ?? 0,
  };
}

const orbits = new Map<number, readonly number[]>();

/** The code points that equal this one where case does not matter, as ranges; asked of the library, whose Unicode decides. */
function orbit(rune: number): readonly number[] {
  let ranges = orbits.get(rune);
  if (!ranges) {
    // The second code point keeps the class from becoming a literal again.
    const { inst } = RE2JS.compile(`(?i)[\\x{${rune.toString(16)}}\\x{10ffff}]`).re2().prog;
    ranges = inst.find(({ runes }) => runes.length > 1)?.runes.slice(0, -2) ?? [rune, rune];
    if (orbits.size > 1000) orbits.clear();
    orbits.set(rune, ranges);
  }
  return ranges;
}
