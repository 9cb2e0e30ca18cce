/**
 * A tool pattern as a program whose states are run side by side over a name: the work is at most the length of the program times the length
 * of the name, and the program is about as long as the pattern.
 */
import { caseVariants, hasCharacter, type CharacterClass } from './characters';
import type { GlobToken } from './glob-syntax';
import { numberEnds, type NumberSequence } from './number-sequence';

/** Instructions below zero; any other is the code point that must come next. Operands follow. */
const STAR = -1;
const ANY = -2;
const CLASS = -3;
const NUMBERS = -4;
const FORK = -5;
const JUMP = -6;
const NEVER = -7;
const END = -8;

export interface GlobProgram {
  readonly code: readonly number[];
  readonly classes: readonly CharacterClass[];
  readonly numbers: readonly NumberSequence[];
}

/** One program for all alternatives. */
export function globProgram(alternatives: readonly (readonly GlobToken[])[]): GlobProgram {
  const code: number[] = [];
  const classes: CharacterClass[] = [];
  const numbers: NumberSequence[] = [];
  const emitEither = (members: readonly (readonly GlobToken[])[]): void => {
    if (members.length === 1) return emitAll(members[0] ?? []);
    const targets = code.push(FORK, members.length);
    code.length += members.length;
    const jumps: number[] = [];
    members.forEach((member, i) => {
      code[targets + i] = code.length;
      emitAll(member);
      if (i < members.length - 1) jumps.push(code.push(JUMP, 0) - 1);
    });
    for (const jump of jumps) code[jump] = code.length;
  };
  const emitAll = (tokens: readonly GlobToken[]): void => {
    for (const token of tokens) {
      if (token.kind === 'either') emitEither(token.members);
      else if (token.kind === 'character') code.push(token.code);
      else if (token.kind === 'class') code.push(CLASS, classes.push(token.characters) - 1);
      else if (token.kind === 'numbers') code.push(NUMBERS, numbers.push(token.numbers) - 1);
      else code.push(token.kind === 'star' ? STAR : token.kind === 'any' ? ANY : NEVER);
    }
  };
  emitEither(alternatives);
  code.push(END);
  return { code, classes, numbers };
}

/** A name as programs read it: code points. */
export type NameCharacters = readonly number[];

export interface GlobRun {
  readonly ignoresCase: boolean;
  /** What a star does not stand for. */
  readonly starStopsAt: number | undefined;
}

/** Marks which states were entered at the present character. */
let entered = new Float64Array(512);
let generation = 0;

/** Whether the program matches a whole name that is not empty. */
export function runGlob(program: GlobProgram, name: NameCharacters, how: GlobRun): boolean {
  if (entered.length < program.code.length) entered = new Float64Array(2 * program.code.length);
  // `.` and `..` are matched by their own characters only.
  const dots = name.length <= 2 && name.every((character) => character === 0x2e);
  const later = new Map<number, number[]>();
  const run: GlobStep = { ...how, later };
  let starts = [0];
  for (let at = 0; ; at++) {
    const delayed = later.get(at);
    if (delayed) {
      starts.push(...delayed);
      later.delete(at);
    }
    const states = enter(program.code, starts, dots);
    if (at === name.length) return states.includes(program.code.length - 1);
    if (states.length === 0 && later.size === 0) return false;
    starts = step(program, states, name, at, run);
  }
}

/** The states that wait for a character, or for the end, reached from these without one. */
function enter(code: readonly number[], starts: number[], dots: boolean): number[] {
  generation++;
  const waiting: number[] = [];
  for (let at = starts.pop(); at !== undefined; at = starts.pop()) {
    if (entered[at] === generation) continue;
    entered[at] = generation;
    const instruction = code[at] ?? NEVER;
    if (instruction === JUMP) starts.push(code[at + 1] ?? 0);
    else if (instruction === FORK) {
      for (let i = code[at + 1] ?? 0; i > 0; i--) starts.push(code[at + 1 + i] ?? 0);
    } else if (instruction >= 0 || instruction === END || instruction === NUMBERS || !dots) {
      waiting.push(at);
      if (instruction === STAR) starts.push(at + 1);
    }
  }
  return waiting;
}

interface GlobStep extends GlobRun {
  /** States to enter further on, by offset. */
  readonly later: Map<number, number[]>;
}

/** Where the states are after the character at an offset. */
function step(
  { code, classes, numbers }: GlobProgram,
  states: readonly number[],
  name: NameCharacters,
  offset: number,
  { ignoresCase, starStopsAt, later }: GlobStep,
): number[] {
  const character = name[offset] ?? 0;
  const same = ignoresCase ? caseVariants(character) : [character];
  const after: number[] = [];
  for (const at of states) {
    const instruction = code[at] ?? NEVER;
    if (instruction === STAR) {
      if (character !== starStopsAt) after.push(at);
    } else if (instruction === ANY) after.push(at + 1);
    else if (instruction === CLASS) {
      const characters = classes[code[at + 1] ?? 0];
      if (characters && hasCharacter(characters, same)) after.push(at + 2);
    } else if (instruction === NUMBERS) {
      const sequence = numbers[code[at + 1] ?? 0];
      for (const end of sequence ? numberEnds(sequence, name, offset) : []) {
        const waiting = later.get(end);
        if (waiting) waiting.push(at + 2);
        else later.set(end, [at + 2]);
      }
    } else if (instruction >= 0 && same.includes(instruction)) after.push(at + 1);
  }
  return after;
}
