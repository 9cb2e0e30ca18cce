/** The facts that policies read, each with the values that it may have in a call, and how a fact depends on the one around it. */
import { callField, callPathOf } from '../engine';
import { isPresent, ALL_MEMBERS, ALL_VALUES, NO_VALUES, type ValueSet } from './value-sets';
import { ALL_TEXTS } from './text-sets';
import { uniteNumbers, type NumberSet } from './number-sets';

export type FactSteps = readonly string[];

/** Methods of `request.time` (in UTC) with the integers that they give. */
export const TIME_METHODS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  getHours: [0, 23],
  getMinutes: [0, 59],
  getSeconds: [0, 59],
  getDayOfWeek: [0, 6],
  getDayOfMonth: [0, 30],
  getDate: [1, 31],
  getMonth: [0, 11],
  getDayOfYear: [0, 365],
};

/** The integers that a part of the time gives; undefined where the step is no such method. */
const timePart = (step = ''): readonly [least: number, most: number] | undefined =>
  Object.hasOwn(TIME_METHODS, step) ? TIME_METHODS[step] : undefined;

const integers = (least: number, most: number): NumberSet =>
  uniteNumbers(Array.from({ length: most - least + 1 }, (_, i) => [[least + i, least + i]]));

/** What a policy reads of a call. */
export interface PolicyFact {
  /** The steps of its path as JSON text. */
  readonly key: string;
  readonly steps: FactSteps;
  /** The values that it may have in a call of which everything is known. */
  readonly values: ValueSet;
  /** Where it is in a call; undefined for a member that no call has. */
  readonly path: readonly string[] | undefined;
  /** The fact around it, where that may be missing: `request.args` of `request.args.to`. */
  readonly parent: PolicyFact | undefined;
}

const known = new Map<string, PolicyFact>();
const MOST_KNOWN = 20_000;

/** The fact of a key, as one object. */
export function factOf(key: string): PolicyFact {
  const found = known.get(key);
  if (found) return found;
  const steps = JSON.parse(key) as FactSteps;
  const parent = steps.length > 2 ? factOf(JSON.stringify(steps.slice(0, -1))) : undefined;
  const fact: PolicyFact = { key, steps, values: computeValues(steps), path: callPathOf(steps)?.map(String), parent };
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, fact);
  return fact;
}

function computeValues(steps: FactSteps): ValueSet {
  const [root, member, ...inner] = steps;
  if (root === 'request' && member === 'time') {
    const method = inner.length === 1 ? timePart(inner[0]) : undefined;
    if (method) return { ...NO_VALUES, absent: true, numbers: integers(...method) };
  }
  if (root === 'request' && member === 'args') {
    if (inner.length === 0) return { ...NO_VALUES, absent: true, maps: ALL_MEMBERS };
    return { ...ALL_VALUES, other: false };
  }
  const path = callPathOf(steps);
  const field = path && callField(path.join('.'));
  const unreachable = steps.length > 2;
  // A member that no call has.
  if (!field || field.cel !== steps.join('.')) return { ...NO_VALUES, absent: true, unreachable };
  switch (field.kind) {
    case 'text':
      return { ...NO_VALUES, absent: true, unreachable, texts: ALL_TEXTS };
    case 'texts':
      return { ...NO_VALUES, absent: true, unreachable, lists: ALL_MEMBERS };
    case 'flag':
      return { ...NO_VALUES, absent: true, unreachable, true: true, false: true };
    case 'time':
      return { ...NO_VALUES, absent: true, other: true };
    default:
      return { ...NO_VALUES, absent: true, unreachable, maps: ALL_MEMBERS };
  }
}

const isTimePart = ([root, member, method, more]: FactSteps): boolean =>
  root === 'request' && member === 'time' && timePart(method) !== undefined && more === undefined;

/** What follows of a set of values for facts around and inside, each worked out once: then what follows of it is known, too. */
const remember = (compute: (values: ValueSet, steps: FactSteps) => ValueSet) => {
  const found = new WeakMap<ValueSet, Map<FactSteps, ValueSet>>();
  return (values: ValueSet, steps: FactSteps): ValueSet => {
    let ofValues = found.get(values);
    if (!ofValues) found.set(values, (ofValues = new Map()));
    let result = ofValues.get(steps);
    if (!result) ofValues.set(steps, (result = compute(values, steps)));
    return result;
  };
};

/** The values that a fact may have where one inside it has one of these. */
export const parentValues = remember(computeParentValues);

function computeParentValues(inner: ValueSet, steps: FactSteps): ValueSet {
  if (isTimePart(steps)) {
    return { ...NO_VALUES, absent: inner.absent, other: isPresent(inner) };
  }
  const key = JSON.stringify(steps[steps.length - 1] ?? '');
  const present = isPresent(inner);
  const maps =
    !present && !inner.absent
      ? undefined
      : present && inner.absent
        ? ALL_MEMBERS
        : { ...ALL_MEMBERS, [present ? 'required' : 'excluded']: new Set([key]) };
  return {
    ...ALL_VALUES,
    unreachable: inner.unreachable,
    absent: inner.unreachable,
    lists: inner.unreachable ? ALL_MEMBERS : undefined,
    maps: usesKeys(steps) || maps === undefined ? maps : ALL_MEMBERS,
    null: inner.absent,
    true: inner.absent,
    false: inner.absent,
    other: inner.absent,
    numbers: inner.absent ? ALL_VALUES.numbers : [],
    texts: inner.absent ? ALL_TEXTS : undefined,
  };
}

/** The keys of arguments are counted and asked for; those of the fixed objects are not. */
const usesKeys = (steps: FactSteps): boolean => steps[0] === 'request' && steps[1] === 'args';

/** The values that a fact may have where the one around it has one of these. */
export const innerValues = remember(computeInnerValues);

function computeInnerValues(around: ValueSet, steps: FactSteps): ValueSet {
  if (isTimePart(steps)) {
    return around.other
      ? around.absent
        ? ALL_VALUES
        : { ...ALL_VALUES, absent: false }
      : { ...NO_VALUES, absent: true };
  }
  const key = JSON.stringify(steps[steps.length - 1] ?? '');
  const { maps } = around;
  const present = maps !== undefined && !maps.excluded.has(key);
  const scalar = isPresent({ ...around, lists: undefined, maps: undefined });
  return {
    ...(present ? ALL_VALUES : NO_VALUES),
    unreachable: around.unreachable || around.absent || around.lists !== undefined,
    absent: scalar || (maps !== undefined && !maps.required.has(key)),
  };
}
