/**
 * A pattern as a table: RE2's own compiled program, its states merged, its code points merged into classes that it treats alike. One
 * look-up for each character then answers what the program would, for text of any script. Most patterns of conditions have small tables.
 */
import {
  AT,
  OP,
  conditionsBetween,
  neighbourOf,
  takes,
  type Instruction,
  type Neighbour,
  type RegexProgram,
} from './regex-program';

/** Bounds on making a table: looks at instructions, and entries. Past them the program is simulated. */
const MAX_LOOKS = 100_000;
const MAX_ENTRIES = 16_384;

/** What a look takes of the steps that compiling is charged with. */
const LOOK_STEPS = 1;

/** The code points that equal one where case does not matter, as ranges. */
type Orbit = (rune: number) => readonly number[];

export interface RegexTable {
  readonly steps: number;
  /** Undefined where the table would be too large. */
  readonly test: ((text: string) => boolean) | undefined;
}

export function tabulate(program: RegexProgram, orbit: Orbit): RegexTable {
  const looks = { left: MAX_LOOKS };
  const classes = classesOf(program, orbit, looks);
  const test = classes && tableOf(program, classes, looks);
  return { steps: Math.ceil((MAX_LOOKS - Math.max(0, looks.left)) * LOOK_STEPS), test };
}

interface Looks {
  left: number;
}

interface RuneClasses {
  /** The first code point of every interval, and its class. */
  readonly from: readonly number[];
  readonly ofInterval: readonly number[];
  /** A code point of each class, and what it is to its neighbours. */
  readonly sample: readonly number[];
  readonly neighbour: readonly Neighbour[];
}

/** What of its neighbours a program looks at; whatever it does not is 'other'. */
function neighbourFor({ inst }: RegexProgram): (rune: number) => Neighbour {
  const conditions = inst.reduce((all, { op, arg }) => (op === OP.emptyWidth ? all | arg : all), 0);
  const [lines, words] = [(conditions & 3) !== 0, (conditions & 48) !== 0];
  return (rune) => {
    const neighbour = neighbourOf(rune);
    return (neighbour === 'newline' && lines) || (neighbour === 'word' && words) ? neighbour : 'other';
  };
}

const FOLD_CASE = 1;

function rangesOf({ op, arg, runes }: Instruction, orbit: Orbit, looks: Looks): readonly number[] {
  if (op === OP.any) return [];
  if (op === OP.anyNotNewline) return [10, 10];
  if (runes.length !== 1) return runes;
  const [rune = 0] = runes;
  if ((arg & FOLD_CASE) === 0) return [rune, rune];
  looks.left -= 1000;
  return looks.left < 0 ? [] : orbit(rune);
}

function classesOf(program: RegexProgram, orbit: Orbit, looks: Looks): RuneClasses | undefined {
  const sets = new Map<string, Instruction>();
  const edges = new Set([0, 10, 11, 48, 58, 65, 91, 95, 96, 97, 123]);
  for (const at of program.inst) {
    if (at.op < OP.rune || looks.left < 0) continue;
    looks.left -= 1 + at.runes.length;
    const key = `${at.op} ${at.arg & FOLD_CASE} ${at.runes.join()}`;
    if (sets.has(key)) continue;
    sets.set(key, at);
    rangesOf(at, orbit, looks).forEach((rune, i) => edges.add(i % 2 ? rune + 1 : rune));
  }
  const from = [...edges].sort((a, b) => a - b);
  looks.left -= from.length * (sets.size + 1);
  if (looks.left < 0) return undefined;
  const neighbour = neighbourFor(program);
  const found = new Map<string, number>();
  const sample: number[] = [];
  const ofInterval = from.map((rune) => {
    const signature = [neighbour(rune), ...[...sets.values()].map((at) => (takes(at, rune) ? 1 : 0))].join('');
    let held = found.get(signature);
    if (held === undefined) {
      found.set(signature, (held = sample.length));
      sample.push(rune);
    }
    return held;
  });
  return { from, ofInterval, sample, neighbour: sample.map(neighbour) };
}

interface State {
  /** Instructions that wait for a character or for what comes after this place, sorted. */
  readonly waiting: readonly number[];
  readonly before: Neighbour;
}

const MATCHED = -1;
const NEVER = -2;

function tableOf({ inst, start }: RegexProgram, classes: RuneClasses, looks: Looks): RegexTable['test'] {
  const { sample, neighbour } = classes;
  const count = sample.length;
  const states: State[] = [];
  const numbers = new Map<string, number>();
  const next: number[] = [];
  const matchedAtEnd: boolean[] = [];

  /** All that is reached where these conditions hold; undefined where that is the end. Those that may hold yet are kept. */
  const reach = (from: readonly number[], held: number, possible: number): Set<number> | undefined => {
    const reached = new Set<number>();
    const kept = new Set<number>();
    const stack = [...from];
    for (let pc = stack.pop(); pc !== undefined; pc = stack.pop()) {
      const at = inst[pc];
      if (!at || reached.has(pc)) continue;
      reached.add(pc);
      looks.left--;
      if (at.op === OP.match) return undefined;
      if (at.op >= OP.rune) kept.add(pc);
      else if (at.op === OP.alt || at.op === OP.altMatch) stack.push(at.out, at.arg);
      else if (at.op === OP.nop || at.op === OP.capture) stack.push(at.out);
      else if (at.op === OP.emptyWidth && (at.arg & ~held) === 0) stack.push(at.out);
      else if (at.op === OP.emptyWidth && (at.arg & ~possible) === 0) kept.add(pc);
    }
    return kept;
  };
  // Whether a match may begin at a later place, at a line's beginning say.
  const restarts = reach([start], 0, ~AT.beginText)?.size !== 0;
  const numberOf = (from: readonly number[], before: Neighbour): number => {
    // Before the next character is known, what it decides may still hold: the end of the text or line, a boundary.
    const possible = conditionsBetween(before, 'edge') | conditionsBetween(before, 'newline') | 48;
    const reached = reach(from, 0, possible);
    if (!reached) return MATCHED;
    if (reached.size === 0 && !restarts) return NEVER;
    const waiting = [...reached].sort((a, b) => a - b);
    const key = `${before} ${waiting.join()}`;
    let number = numbers.get(key);
    if (number === undefined) {
      numbers.set(key, (number = states.length));
      states.push({ waiting, before });
    }
    return number;
  };

  const first = numberOf([start], 'edge');
  for (let at = 0; at < states.length; at++) {
    const { waiting, before } = states[at] as State;
    if (looks.left < 0 || next.length + count > MAX_ENTRIES) return undefined;
    matchedAtEnd.push(!reach(waiting, conditionsBetween(before, 'edge'), 0));
    for (let kind = 0; kind < count; kind++) {
      const after = neighbour[kind] ?? 'other';
      const reached = reach(waiting, conditionsBetween(before, after), 0);
      const rune = sample[kind] ?? 0;
      looks.left -= reached?.size ?? 0;
      const outs =
        reached &&
        [...reached].flatMap((pc) => (takes(inst[pc] as Instruction, rune) ? [(inst[pc] as Instruction).out] : []));
      next.push(outs ? numberOf([...outs, start], after) : MATCHED);
    }
  }
  if (looks.left < 0) return undefined;
  return run(first, Int16Array.from(next), matchedAtEnd, classes);
}

/** The lowest code points have their classes in a list, the others are looked for. */
const LISTED = 1024;

function run(
  first: number,
  next: Int16Array,
  matchedAtEnd: readonly boolean[],
  { from, ofInterval, sample }: RuneClasses,
): (text: string) => boolean {
  const count = sample.length;
  const starts = Int32Array.from(from);
  const find = (rune: number): number => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= rune) low = middle;
      else high = middle - 1;
    }
    return ofInterval[low] ?? 0;
  };
  const listed = Int16Array.from({ length: LISTED }, (_, rune) => find(rune));
  return (text) => {
    let state = first;
    for (let i = 0; state >= 0; i++) {
      if (i >= text.length) return matchedAtEnd[state] === true;
      let unit = text.charCodeAt(i);
      if (unit < LISTED) unit = listed[unit] ?? 0;
      else {
        const rune = text.codePointAt(i) ?? unit;
        if (rune > 0xffff) i++;
        unit = find(rune);
      }
      state = next[state * count + unit] ?? NEVER;
    }
    return state === MATCHED;
  };
}
