/**
 * Sets of texts that policies speak of, as languages: unions of globs, that is of literal pieces with any run of characters between
 * them. Equality, `in`, `startsWith`, `endsWith`, `contains` and tool patterns are all of this form.
 */

/** Literal pieces with a run of any characters between each two: one piece is a literal text, `['a', '']` is what begins with `a`. */
export type GlobPieces = readonly string[];

export interface TextLanguage {
  /** Languages with the same key are the same. */
  readonly key: number;
  /** The globs whose union it is; undefined where only membership is known. */
  readonly globs: readonly GlobPieces[] | undefined;
  /** All of its texts, where they are finitely many. */
  readonly texts: readonly string[] | undefined;
  includes(text: string): boolean;
}

/** Numbers for texts that identify languages: sets of languages are compared very often. No number is given twice. */
const numbers = new Map<string, number>();
const MOST_NUMBERED = 50_000;
let lastNumber = 0;

function numberOf(key: string): number {
  let number = numbers.get(key);
  if (number === undefined) {
    if (numbers.size >= MOST_NUMBERED) numbers.clear();
    numbers.set(key, (number = ++lastNumber));
  }
  return number;
}

export function globLanguage(globs: readonly GlobPieces[]): TextLanguage {
  const finite = globs.every((pieces) => pieces.length === 1);
  const known = finite ? new Set(globs.map(([text = '']) => text)) : undefined;
  return {
    key: numberOf(JSON.stringify(globs)),
    globs,
    texts: known && [...known],
    includes: (text) => known?.has(text) ?? globs.some((pieces) => matchesGlob(pieces, text)),
  };
}

export const literalLanguage = (texts: readonly string[]): TextLanguage => globLanguage(texts.map((text) => [text]));

/** A language of which only membership is known: emptiness of what it takes part in is then not proven. */
export function testedLanguage(key: string, includes: (text: string) => boolean): TextLanguage {
  return { key: numberOf(key), globs: undefined, texts: undefined, includes };
}

function matchesGlob(pieces: GlobPieces, text: string): boolean {
  const [head = ''] = pieces;
  if (pieces.length === 1) return text === head;
  const tail = pieces[pieces.length - 1] ?? '';
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  const end = text.length - tail.length;
  let at = head.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

/** Whether beginnings, ends or literal texts show that two languages have no text in common. */
export function arePlainlyDisjoint(a: TextLanguage, b: TextLanguage): boolean {
  if (a.texts) return !a.texts.some((text) => b.includes(text));
  if (b.texts) return !b.texts.some((text) => a.includes(text));
  const { globs } = b;
  return (
    a.globs !== undefined &&
    globs !== undefined &&
    a.globs.every((one) => globs.every((other) => areGlobsDisjoint(one, other)))
  );
}

function areGlobsDisjoint(a: GlobPieces, b: GlobPieces): boolean {
  const [headA = '', headB = ''] = [a[0], b[0]];
  if (a.length === 1) return !matchesGlob(b, headA);
  if (b.length === 1) return !matchesGlob(a, headB);
  const [tailA = '', tailB = ''] = [a[a.length - 1], b[b.length - 1]];
  return !(headA.startsWith(headB) || headB.startsWith(headA)) || !(tailA.endsWith(tailB) || tailB.endsWith(tailA));
}

/** A glob as an automaton over code points: at each position a character, or `undefined` where any run fits. */
type GlobPositions = readonly (number | undefined)[];

/** The states in which a run of a language's automata may be, one list of positions for each glob. */
export type LanguageState = readonly (readonly number[])[];

/** A language's automata, deterministic by sets of positions: what a search through products of languages steps through. */
export class LanguageAutomaton {
  readonly #globs: readonly GlobPositions[];
  /** The characters that it distinguishes from all others. */
  readonly characters: readonly number[];

  constructor(globs: readonly GlobPieces[]) {
    this.#globs = globs.map((pieces) =>
      pieces.flatMap((piece, i) => [...(i > 0 ? [undefined] : []), ...codePoints(piece)]),
    );
    this.characters = [...new Set(this.#globs.flat().filter((one) => one !== undefined))];
  }

  get start(): LanguageState {
    return this.#globs.map((glob) => closure(glob, [0]));
  }

  step(state: LanguageState, character: number): LanguageState {
    return this.#globs.map((glob, i) => {
      const next: number[] = [];
      for (const at of state[i] ?? []) {
        if (at < glob.length && glob[at] === undefined) next.push(at);
        else if (glob[at] === character) next.push(at + 1);
      }
      return closure(glob, next);
    });
  }

  accepts(state: LanguageState): boolean {
    return this.#globs.some((glob, i) => state[i]?.includes(glob.length) === true);
  }

  /** Whether no further text can be accepted. */
  isDead(state: LanguageState): boolean {
    return state.every((positions) => positions.length === 0);
  }
}

/** The positions, and those that are reached from them by an empty run; sorted. */
function closure(glob: GlobPositions, positions: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (let at of positions) {
    all.add(at);
    while (at < glob.length && glob[at] === undefined) all.add(++at);
  }
  return [...all].sort((a, b) => a - b);
}

const codePoints = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);
