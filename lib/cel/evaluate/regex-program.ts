/** RE2's compiled programs, and a matcher that takes at most one look at every instruction for each character of the text. */

/** A compiled pattern. */
export interface RegexPattern {
  test(text: string): boolean;
  /** What testing takes, in steps for each UTF-16 unit of the text. */
  readonly stepsPerUnit: number;
  /** What compiling took, in steps. */
  readonly steps: number;
}

/** An instruction of RE2's program (`Inst.d.ts` of `@bufbuild/re2`). */
export interface Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  /** One code point, or the first and the last of each range. */
  readonly runes: readonly number[];
  matchRune(rune: number): boolean;
}

export interface RegexProgram {
  readonly start: number;
  readonly inst: readonly Instruction[];
}

export const OP = {
  alt: 1,
  altMatch: 2,
  capture: 3,
  emptyWidth: 4,
  match: 6,
  nop: 7,
  rune: 8,
  any: 10,
  anyNotNewline: 11,
} as const;

/** The conditions of `emptyWidth`, as bits. */
export const AT = { beginLine: 1, endLine: 2, beginText: 4, endText: 8, boundary: 16, noBoundary: 32 } as const;

/** What is beside a place in the text. */
export type Neighbour = 'edge' | 'word' | 'newline' | 'other';

export const neighbourOf = (rune: number): Neighbour =>
  rune === 10
    ? 'newline'
    : (rune >= 48 && rune <= 57) || (rune >= 65 && rune <= 90) || rune === 95 || (rune >= 97 && rune <= 122)
      ? 'word'
      : 'other';

/** The conditions that hold between two neighbours. */
export function conditionsBetween(before: Neighbour, after: Neighbour): number {
  let held = (before === 'word') === (after === 'word') ? AT.noBoundary : (AT.boundary as number);
  if (before === 'edge') held |= AT.beginText | AT.beginLine;
  if (before === 'newline') held |= AT.beginLine;
  if (after === 'edge') held |= AT.endText | AT.endLine;
  if (after === 'newline') held |= AT.endLine;
  return held;
}

export const takes = (at: Instruction, rune: number): boolean =>
  at.op >= OP.rune && (at.op === OP.any || (at.op === OP.anyNotNewline ? rune !== 10 : at.matchRune(rune)));

/** Tests a text with two sets of instructions that are swapped at each character. */
export function simulate({ inst, start }: RegexProgram): (text: string) => boolean {
  const stack: number[] = [];
  const seen = new Uint32Array(inst.length);
  let round = 0;

  /** Adds what is reached without a character, once each, to `waiting`; true where the program has matched. */
  const reach = (from: number, held: number, waiting: number[]): boolean => {
    stack.push(from);
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      const at = inst[pc];
      if (!at || seen[pc] === round) continue;
      seen[pc] = round;
      if (at.op === OP.match) return ((stack.length = 0), true);
      if (at.op >= OP.rune) waiting.push(pc);
      else if (at.op === OP.alt || at.op === OP.altMatch) stack.push(at.arg, at.out);
      else if (at.op === OP.nop || at.op === OP.capture || (at.op === OP.emptyWidth && (at.arg & ~held) === 0))
        stack.push(at.out);
    }
    return false;
  };

  return (text) => {
    let pending: number[] = [];
    let before: Neighbour = 'edge';
    for (let i = 0; ;) {
      const rune = i < text.length ? (text.codePointAt(i) ?? 0) : -1;
      const after = rune < 0 ? 'edge' : neighbourOf(rune);
      const held = conditionsBetween(before, after);
      const waiting: number[] = [];
      round = (round + 1) >>> 0;
      if (round === 0) {
        seen.fill(0);
        round = 1;
      }
      for (const pc of pending) if (reach(pc, held, waiting)) return true;
      if (reach(start, held, waiting)) return true;
      if (rune < 0) return false;
      pending = [];
      for (const pc of waiting) {
        const at = inst[pc];
        if (at && takes(at, rune)) pending.push(at.out);
      }
      before = after;
      i += rune > 0xffff ? 2 : 1;
    }
  };
}
