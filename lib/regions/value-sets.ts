/** Sets of what a condition may find at a path: JSON values by their kinds, and the ways in which there may be none. */
import type { Json } from '../engine';
import {
  ALL_NUMBERS,
  complementNumbers,
  hasNumber,
  intersectNumbers,
  NO_NUMBERS,
  pickInteger,
  pickNumber,
  type NumberSet,
} from './number-sets';
import { ALL_TEXTS, findText, hasText, intersectTexts, type TextSet } from './text-sets';
import type { TextLanguage } from './text-languages';

/** Lists by their elements, or maps by their keys; both as JSON texts. */
export interface MemberSet {
  readonly required: ReadonlySet<string>;
  readonly excluded: ReadonlySet<string>;
  readonly size: NumberSet;
}

export interface ValueSet {
  /** The map around it is not there, so that even `has()` errs. */
  readonly unreachable: boolean;
  /** The map around it lacks the key: `has()` is false. */
  readonly absent: boolean;
  readonly null: boolean;
  readonly true: boolean;
  readonly false: boolean;
  /** A value of which nothing else is known, such as a time. */
  readonly other: boolean;
  readonly numbers: NumberSet;
  readonly texts: TextSet | undefined;
  readonly lists: MemberSet | undefined;
  readonly maps: MemberSet | undefined;
}

export const ALL_MEMBERS: MemberSet = { required: new Set(), excluded: new Set(), size: ALL_NUMBERS };

export const NO_VALUES: ValueSet = {
  unreachable: false,
  absent: false,
  null: false,
  true: false,
  false: false,
  other: false,
  numbers: NO_NUMBERS,
  texts: undefined,
  lists: undefined,
  maps: undefined,
};

export const ALL_VALUES: ValueSet = {
  unreachable: true,
  absent: true,
  null: true,
  true: true,
  false: true,
  other: true,
  numbers: ALL_NUMBERS,
  texts: ALL_TEXTS,
  lists: ALL_MEMBERS,
  maps: ALL_MEMBERS,
};

/** Intersections by their operands: the same atoms narrow the same facts again and again, so that the sets are the same objects. */
let known = new WeakMap<ValueSet, Map<ValueSet, ValueSet | undefined>>();
const MOST_KNOWN = 200_000;
let knownCount = 0;

/** The intersection; undefined where it is certainly empty. */
export function intersectValues(a: ValueSet, b: ValueSet): ValueSet | undefined {
  let ofA = known.get(a);
  if (!ofA) known.set(a, (ofA = new Map()));
  const found = ofA.get(b);
  if (found !== undefined || ofA.has(b)) return found;
  const both = computeIntersection(a, b);
  if (++knownCount > MOST_KNOWN) {
    known = new WeakMap();
    knownCount = 0;
  }
  ofA.set(b, both);
  return both;
}

function computeIntersection(a: ValueSet, b: ValueSet): ValueSet | undefined {
  const texts = a.texts && b.texts && intersectTexts(a.texts, b.texts);
  const both: ValueSet = {
    unreachable: a.unreachable && b.unreachable,
    absent: a.absent && b.absent,
    null: a.null && b.null,
    true: a.true && b.true,
    false: a.false && b.false,
    other: a.other && b.other,
    numbers: intersectNumbers(a.numbers, b.numbers),
    texts: texts && findText(texts).kind !== 'empty' ? texts : undefined,
    lists: a.lists && b.lists && intersectMembers(a.lists, b.lists),
    maps: a.maps && b.maps && intersectMembers(a.maps, b.maps),
  };
  return isEmpty(both) ? undefined : both;
}

const isEmpty = (set: ValueSet): boolean => !(set.unreachable || set.absent || isPresent(set));

/** Whether some value of the set is there. */
export const isPresent = (set: ValueSet): boolean =>
  set.null || set.true || set.false || set.other || set.numbers.length > 0 || !!(set.texts ?? set.lists ?? set.maps);

function intersectMembers(a: MemberSet, b: MemberSet): MemberSet | undefined {
  if (a === ALL_MEMBERS) return b;
  if (b === ALL_MEMBERS) return a;
  const required = new Set([...a.required, ...b.required]);
  const excluded = new Set([...a.excluded, ...b.excluded]);
  const size = intersectNumbers(a.size, b.size);
  if ([...required].some((one) => excluded.has(one))) return undefined;
  return pickInteger(intersectNumbers(size, [[required.size, Number.MAX_VALUE]])) === undefined
    ? undefined
    : { required, excluded, size };
}

/** A test of one value that is true of some and false of the others. */
export type ValueTest =
  | { readonly kind: 'numbers'; readonly numbers: NumberSet }
  | { readonly kind: 'language'; readonly language: TextLanguage }
  | { readonly kind: 'size'; readonly size: NumberSet }
  | { readonly kind: 'member'; readonly member: string };

/** The numbers, texts or members that pass (or, with `passes` false, fail) a test. */
export const testedNumbers = (test: ValueTest, passes: boolean): NumberSet =>
  test.kind === 'numbers' ? (passes ? test.numbers : complementNumbers(test.numbers)) : NO_NUMBERS;

export function testedTexts(test: ValueTest, passes: boolean): TextSet | undefined {
  if (test.kind === 'language') {
    return passes ? { ...ALL_TEXTS, within: [test.language] } : { ...ALL_TEXTS, outside: [test.language] };
  }
  const size = test.kind === 'size' ? testedSize(test.size, passes) : undefined;
  return size && { ...ALL_TEXTS, size };
}

export function testedMembers(test: ValueTest, passes: boolean): MemberSet | undefined {
  const size = test.kind === 'size' ? testedSize(test.size, passes) : undefined;
  if (size) return { ...ALL_MEMBERS, size };
  if (test.kind !== 'member') return undefined;
  return { ...ALL_MEMBERS, [passes ? 'required' : 'excluded']: new Set([test.member]) };
}

/** The lengths that pass, or fail, a test; undefined where there are none: a length is a whole number from 0. */
function testedSize(size: NumberSet, passes: boolean): NumberSet | undefined {
  const lengths = intersectNumbers(passes ? size : complementNumbers(size), [[0, Number.MAX_VALUE]]);
  return pickInteger(lengths) === undefined ? undefined : lengths;
}

/** Whether a JSON value is in the set; undefined asks for `absent`. */
export function hasValue(set: ValueSet, value: Json | undefined): boolean {
  if (value === undefined) return set.absent;
  if (value === null) return set.null;
  if (typeof value === 'boolean') return value ? set.true : set.false;
  if (typeof value === 'number') return hasNumber(set.numbers, value);
  if (typeof value === 'string') return set.texts !== undefined && hasText(set.texts, value);
  const members = Array.isArray(value)
    ? value.map((one) => JSON.stringify(one))
    : Object.keys(value).map((one) => JSON.stringify(one));
  const wanted = Array.isArray(value) ? set.lists : set.maps;
  if (!wanted) return false;
  const fits =
    [...wanted.required].every((one) => members.includes(one)) && !members.some((one) => wanted.excluded.has(one));
  return fits && hasNumber(wanted.size, members.length);
}

/** A value of the set: `value` undefined is an absent one. Undefined where none could be named. */
export function pickValue(set: ValueSet): { readonly value: Json | undefined } | undefined {
  const text = set.texts && findText(set.texts);
  if (text?.kind === 'text') return { value: text.text };
  const number = pickNumber(set.numbers);
  if (number !== undefined) return { value: number };
  if (set.true || set.false) return { value: set.true };
  if (set.lists) return { value: membersOf(set.lists).map((one) => JSON.parse(one) as Json) };
  if (set.null) return { value: null };
  if (set.absent || set.unreachable) return { value: undefined };
  if (!set.maps) return undefined;
  return { value: Object.fromEntries(membersOf(set.maps).map((key) => [JSON.parse(key) as string, null])) };
}

const MOST_FILLERS = 1000;

function membersOf({ required, excluded, size }: MemberSet): readonly string[] {
  const members = [...required];
  const least = pickInteger(intersectNumbers(size, [[members.length, Number.MAX_VALUE]])) ?? members.length;
  for (let i = 1; members.length < least && i < MOST_FILLERS; i++) {
    const filler = JSON.stringify(`item${String(i)}`);
    if (!excluded.has(filler) && !required.has(filler)) members.push(filler);
  }
  return members;
}
