/** Sets of texts: what lies in some languages, outside of others, and has a length in a set. Emptiness is decided by automata. */
import { ALL_NUMBERS, hasNumber, intersectNumbers, pickInteger, type NumberSet } from './number-sets';
import { Remembered } from './remembered';
import {
  arePlainlyDisjoint,
  LanguageAutomaton,
  type GlobPieces,
  type LanguageState,
  type TextLanguage,
} from './text-languages';

export interface TextSet {
  readonly within: readonly TextLanguage[];
  readonly outside: readonly TextLanguage[];
  /** Permitted lengths in code points. */
  readonly size: NumberSet;
}

export const ALL_TEXTS: TextSet = { within: [], outside: [], size: ALL_NUMBERS };

/** What the emptiness of a set of texts comes to; `unknown` only where a language is not understood, or the search was cut off. */
export type TextWitness =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'empty' } | { readonly kind: 'unknown' };

export function intersectTexts(a: TextSet, b: TextSet): TextSet {
  if (a === ALL_TEXTS) return b;
  if (b === ALL_TEXTS) return a;
  return {
    within: joined(a.within, b.within),
    outside: joined(a.outside, b.outside),
    size: intersectNumbers(a.size, b.size),
  };
}

function joined(a: readonly TextLanguage[], b: readonly TextLanguage[]): readonly TextLanguage[] {
  const more = b.filter(({ key }) => !a.some((one) => one.key === key));
  return more.length === 0 ? a : [...a, ...more];
}

export function hasText(set: TextSet, text: string): boolean {
  return (
    set.within.every((language) => language.includes(text)) &&
    !set.outside.some((language) => language.includes(text)) &&
    (set.size === ALL_NUMBERS || hasNumber(set.size, [...text].length))
  );
}

const textsKnown = new Remembered<TextWitness>(20_000);
/** The same by the set itself: that it is not empty is mostly asked before a text of it. */
const textsFound = new WeakMap<TextSet, TextWitness>();

/** A text of the set, or that there is none. Remembered, as the same sets are asked for again and again. */
export function findText(whole: TextSet): TextWitness {
  let found = textsFound.get(whole);
  if (!found) {
    const set = withoutDisjoint(whole);
    found = textsKnown.get(keyOf(set), () => search(set));
    textsFound.set(whole, found);
  }
  return found;
}

/** The same set without the outer languages that have nothing in common with one of the inner ones: fewer automata, and more sets alike. */
function withoutDisjoint(set: TextSet): TextSet {
  const { within, outside } = set;
  if (within.length === 0 || outside.length === 0) return set;
  const left = outside.filter((other) => !within.some((one) => arePlainlyDisjoint(one, other)));
  return left.length === outside.length ? set : { ...set, outside: left };
}

const keyOf = ({ within, outside, size }: TextSet): string =>
  [keysOf(within), keysOf(outside), size === ALL_NUMBERS ? 'any' : size.join(' ')].join('#');

const keysOf = (languages: readonly TextLanguage[]): string =>
  languages
    .map(({ key }) => key)
    .sort((a, b) => a - b)
    .join(' ');

function search(set: TextSet): TextWitness {
  const lengths = intersectNumbers(set.size, [[0, Number.MAX_VALUE]]);
  if (pickInteger(lengths) === undefined) return { kind: 'empty' };
  const finite = set.within.find(({ texts }) => texts !== undefined)?.texts;
  if (finite) {
    const text = finite.find((one) => hasText(set, one));
    return text === undefined ? { kind: 'empty' } : { kind: 'text', text };
  }
  const easy = easyText(set);
  if (easy !== undefined) return { kind: 'text', text: easy };
  if (includedPlainly(set)) return { kind: 'empty' };
  return searchProduct(set, lengths);
}

/** Some language of `outside` has every glob of one of `within`. */
const includedPlainly = ({ within, outside }: TextSet): boolean =>
  within.some(({ key, globs }) =>
    outside.some(
      (other) =>
        other.key === key || globs?.every((glob) => other.globs?.some((one) => one.join('\0*') === glob.join('\0*'))),
    ),
  );

const FILLERS = ['', 'item', 'x', '1', 'other_item'];

const MOST_CANDIDATES = 600;

/** Texts that the languages suggest, with runs filled in. */
function* candidates({ within }: TextSet): Generator<string> {
  const [first, ...more] = within.map(({ globs }) => globs ?? []);
  if (!first) return yield* ['example', 'other', 'x1', ''];
  for (const pieces of first) for (const filler of FILLERS) yield pieces.join(filler);
  for (const pieces of more.flat()) {
    for (const one of first) {
      for (const filler of FILLERS) {
        yield (one[0] ?? '') + filler + (pieces[pieces.length - 1] ?? '');
        yield one.join(pieces.join(filler));
      }
    }
  }
}

function easyText(set: TextSet): string | undefined {
  let tried = 0;
  for (const text of candidates(set)) {
    if (hasText(set, text)) return text;
    if (++tried === MOST_CANDIDATES) break;
  }
  return undefined;
}

const EVERY_TEXT: readonly GlobPieces[] = [['', '']];
const automata = new WeakMap<readonly GlobPieces[], LanguageAutomaton>();

function automatonOf(globs: readonly GlobPieces[]): LanguageAutomaton {
  let automaton = automata.get(globs);
  if (!automaton) automata.set(globs, (automaton = new LanguageAutomaton(globs)));
  return automaton;
}

const MOST_STATES = 4000;
/** Letters before all else, so that what is found reads like a name. */
const PLAIN = [...'abcdefghijklmnopqrstuvwxyz0123456789_'].map((character) => character.charCodeAt(0));

/** Searches the product of all automata by breadth, over one character of each kind that they distinguish. */
function searchProduct({ within, outside, size }: TextSet, lengths: NumberSet): TextWitness {
  const opaque = [...within, ...outside].some(({ globs }) => globs === undefined);
  const machines = [...within, ...outside].map(({ globs = EVERY_TEXT }) => automatonOf(globs));
  const wanted = [...within.map(() => true), ...outside.map(({ globs }) => globs === undefined)];
  const named = new Set(machines.flatMap(({ characters }) => characters));
  const other = PLAIN.find((one) => !named.has(one)) ?? 0x4e00;
  const alphabet = [...named, ...(named.has(other) ? [] : [other])];
  const counted = size !== ALL_NUMBERS;
  const longest = Math.min(lengths[lengths.length - 1]?.[1] ?? 0, MOST_STATES);
  const seen = new Set<string>();
  let layer: { readonly states: readonly LanguageState[]; readonly text: string }[] = [
    { states: machines.map(({ start }) => start), text: '' },
  ];
  for (let length = 0; layer.length > 0; length++) {
    const next: typeof layer = [];
    for (const { states, text } of layer) {
      const fits = machines.every((automaton, i) => automaton.accepts(states[i] ?? []) === wanted[i] || isOpaque(i));
      if (fits && hasNumber(lengths, length)) return opaque ? { kind: 'unknown' } : { kind: 'text', text };
      if (counted && length >= longest) continue;
      for (const character of alphabet) {
        const stepped = machines.map((automaton, i) => automaton.step(states[i] ?? [], character));
        if (stepped.some((state, i) => wanted[i] === true && machines[i]?.isDead(state))) continue;
        const key = (counted ? `${String(length)} ` : '') + JSON.stringify(stepped);
        if (seen.has(key)) continue;
        if (seen.size >= MOST_STATES) return { kind: 'unknown' };
        seen.add(key);
        next.push({ states: stepped, text: text + String.fromCodePoint(character) });
      }
    }
    layer = next;
  }
  return { kind: 'empty' };

  function isOpaque(i: number): boolean {
    return i >= within.length && outside[i - within.length]?.globs === undefined;
  }
}
