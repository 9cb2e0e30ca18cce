/**
 * A pattern as a table: RE2's own compiled program, its states merged as they are met. On short ASCII texts, which is what conditions
 * mostly match, this is some ten times quicker than the library's matcher; everything else is left to that.
 */

/** An instruction of RE2's program (`Inst.d.ts` of `@bufbuild/re2`). */
interface Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  matchRune(rune: number): boolean;
}

export interface RegexProgram {
  readonly start: number;
  readonly inst: readonly Instruction[];
}

const ALT = 1;
const ALT_MATCH = 2;
const CAPTURE = 3;
const EMPTY_WIDTH = 4;
const MATCH = 6;
const NOP = 7;
const RUNE = 8;
const RUNE_ANY = 10;
const RUNE_ANY_NOT_NL = 11;
const BEGIN_TEXT = 4;
const END_TEXT = 8;

/** Past this many states a text is left to RE2. */
const MAX_STATES = 64;

interface State {
  /** Instructions that wait for a character. */
  readonly waiting: readonly number[];
  readonly accepts: boolean;
  readonly acceptsAtEnd: boolean;
  readonly next: (State | undefined)[];
}

/**
 * A test that answers as `slow` does, or undefined where the program needs what a table does not hold (word and line boundaries).
 */
export function tabulate(
  program: RegexProgram,
  slow: (text: string) => boolean,
): ((text: string) => boolean) | undefined {
  const { inst } = program;
  if (inst.some(({ op, arg }) => op === EMPTY_WIDTH && (arg & ~(BEGIN_TEXT | END_TEXT)) !== 0)) return undefined;
  const states = new Map<string, State>();

  /** All that is reached from these without a character, where `held` are the conditions that hold. */
  const reach = (from: readonly number[], held: number): Set<number> => {
    const reached = new Set<number>();
    const stack = [...from];
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      const at = inst[pc];
      if (!at || reached.has(pc)) continue;
      reached.add(pc);
      if (at.op === ALT || at.op === ALT_MATCH) stack.push(at.out, at.arg);
      else if (at.op === NOP || at.op === CAPTURE) stack.push(at.out);
      else if (at.op === EMPTY_WIDTH && (at.arg & ~held) === 0) stack.push(at.out);
    }
    return reached;
  };
  const matched = (pcs: Set<number>): boolean => [...pcs].some((pc) => inst[pc]?.op === MATCH);

  const stateOf = (from: readonly number[], held: number): State | undefined => {
    const reached = reach(from, held);
    const waiting = [...reached]
      .filter((pc) => (inst[pc]?.op ?? 0) >= RUNE || inst[pc]?.op === MATCH)
      .sort((a, b) => a - b);
    const acceptsAtEnd = matched(reach(from, held | END_TEXT));
    const key = `${waiting.join()};${acceptsAtEnd}`;
    let state = states.get(key);
    if (!state && states.size < MAX_STATES) {
      state = { waiting, accepts: matched(reached), acceptsAtEnd, next: new Array<undefined>(128).fill(undefined) };
      states.set(key, state);
    }
    return state;
  };
  const takes = (pc: number, unit: number): boolean => {
    const at = inst[pc];
    if (!at || at.op < RUNE) return false;
    return at.op === RUNE_ANY || (at.op === RUNE_ANY_NOT_NL ? unit !== 10 : at.matchRune(unit));
  };
  const step = (state: State, unit: number): State | undefined => {
    const from = state.waiting.filter((pc) => takes(pc, unit)).map((pc) => inst[pc]?.out ?? 0);
    return (state.next[unit] = stateOf([...from, program.start], 0));
  };

  const start = stateOf([program.start], BEGIN_TEXT);
  return (text) => {
    let state = start;
    for (let i = 0; i < text.length && state; i++) {
      if (state.accepts) return true;
      const unit = text.charCodeAt(i);
      if (unit > 127) return slow(text);
      state = state.next[unit] ?? step(state, unit);
    }
    return state ? state.accepts || state.acceptsAtEnd : slow(text);
  };
}
