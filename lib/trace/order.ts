import type { Json } from '../engine';
import type { TraceColumns } from './columns';
import { nameIn, type NamedPart } from './names';
import type { ReplayResult } from './replay-result';

/** By what a trace can be sorted. */
export const SORT_KEYS = [
  'time',
  'agent',
  'instance',
  'user',
  'resource',
  'tool',
  'decision',
  'rule',
  'hazards',
  'recorded',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface TraceOrder {
  readonly by: SortKey;
  readonly descending: boolean;
}

type RowPlaces = Uint32Array<ArrayBuffer>;

/**
 * The places sorted; equal ones stay in the order of the trace. What is not known, or known to be absent, is at the end, whichever the
 * direction.
 */
export function sortPlaces(
  columns: TraceColumns,
  results: ReplayResult,
  places: RowPlaces,
  order: TraceOrder,
): RowPlaces {
  if (order.by === 'time') return byTime(columns.times, places, order.descending);
  const { ranks, last } = ranksBy(columns, results, order.by);
  // What has no value keeps its place at the end.
  const rankOf = (i: number): number => {
    const rank = ranks(i);
    return order.descending && rank < last.named ? last.named - 1 - rank : rank;
  };
  return countingSort(places, rankOf, last.all);
}

interface RankedCalls {
  readonly ranks: (index: number) => number;
  /** Ranks from `named` on are those of what has no value; all are below `all`. */
  readonly last: { readonly named: number; readonly all: number };
}

function ranksBy(columns: TraceColumns, results: ReplayResult, by: Exclude<SortKey, 'time'>): RankedCalls {
  switch (by) {
    case 'decision':
      return { ranks: (i) => results.effects[i] ?? 0, last: { named: 3, all: 3 } };
    case 'rule': {
      // Rules in the policy's order; then the default, then what is not certain.
      const { length } = results.rules;
      const rank = (decider: number) => (decider >= 0 ? decider : length - 1 - decider);
      return { ranks: (i) => rank(results.deciders[i] ?? -2), last: { named: length, all: length + 2 } };
    }
    case 'hazards':
      return { ranks: (i) => ((results.hazards[i] ?? 0) > 0 ? 0 : 1), last: { named: 2, all: 2 } };
    case 'recorded':
      // By how the recorded decision compares with the computed one; calls without one are at the end.
      return { ranks: (i) => ((results.recorded[i] ?? 0) + 4) % 5, last: { named: 4, all: 5 } };
    default:
      return rankedByName(columns, by);
  }
}

function rankedByName(columns: TraceColumns, part: NamedPart): RankedCalls {
  const { values, codes } = columns.column(part);
  const names = values.map((value) => nameIn(part, value));
  const sorted = [...new Set(names.filter((name) => typeof name === 'string'))].sort();
  const places = new Map<string | null | undefined, number>(sorted.map((name, i) => [name, i]));
  const named = sorted.length;
  const ranks = Uint32Array.from(names, (name) => places.get(name) ?? (name === null ? named : named + 1));
  return { ranks: (i) => ranks[codes[i] ?? 0] ?? named + 1, last: { named, all: named + 2 } };
}

/** Stable, in as many steps as there are places and ranks. */
export function countingSort(places: RowPlaces, rankOf: (index: number) => number, ranks: number): RowPlaces {
  const starts = new Uint32Array(ranks + 1);
  for (const i of places) {
    const next = rankOf(i) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let rank = 1; rank <= ranks; rank++) starts[rank] = (starts[rank] ?? 0) + (starts[rank - 1] ?? 0);
  const sorted = new Uint32Array(places.length);
  for (const i of places) {
    const rank = rankOf(i);
    const at = starts[rank] ?? 0;
    sorted[at] = i;
    starts[rank] = at + 1;
  }
  return sorted;
}

function byTime(times: Float64Array, places: RowPlaces, descending: boolean): RowPlaces {
  const timed = places.filter((i) => !Number.isNaN(times[i]));
  const untimed = places.filter((i) => Number.isNaN(times[i]));
  const time = (i: number): number => times[i] ?? 0;
  // Most traces are in order already.
  let rising = true;
  for (let at = 1; at < timed.length && rising; at++) rising = time(timed[at - 1] ?? 0) <= time(timed[at] ?? 0);
  if (descending) timed.sort((a, b) => time(b) - time(a) || a - b);
  else if (!rising) timed.sort((a, b) => time(a) - time(b) || a - b);
  const sorted = new Uint32Array(places.length);
  sorted.set(timed);
  sorted.set(untimed, timed.length);
  return sorted;
}

/** By what calls are grouped. */
export type GroupBy = 'tool' | 'rule';

/** Calls of one tool (on one server), or decided by one rule; in a list that is grouped they are beside each other. */
export interface TraceGroup {
  readonly by:
    | { readonly kind: 'tool'; readonly resource: string | null | undefined; readonly tool: string | null | undefined }
    /** Index of the rule, `DECIDED_BY_DEFAULT` or `UNDECIDED`. */
    | { readonly kind: 'rule'; readonly decider: number };
  readonly count: number;
  /** Of them, by the codes of `EFFECT_CODES`. */
  readonly effects: readonly [allow: number, deny: number, conditional: number];
}

/** The places group by group, in each as they were; groups of tools the largest first, groups of rules in the policy's order. */
export function groupPlaces(
  columns: TraceColumns,
  results: ReplayResult,
  places: RowPlaces,
  by: GroupBy,
): { readonly places: RowPlaces; readonly groups: readonly TraceGroup[] } {
  const { keyOf, groupOf, byKey } = by === 'tool' ? toolKeys(columns) : ruleKeys(results);
  const found = new Map<number, { key: number; count: number; effects: [number, number, number] }>();
  for (const i of places) {
    const key = keyOf(i);
    let group = found.get(key);
    if (group === undefined) found.set(key, (group = { key, count: 0, effects: [0, 0, 0] }));
    group.count++;
    group.effects[(results.effects[i] ?? 2) as 0 | 1 | 2]++;
  }
  const sorted = [...found.values()].sort((a, b) => (byKey ? a.key - b.key : b.count - a.count || a.key - b.key));
  const ranks = new Map(sorted.map(({ key }, rank) => [key, rank]));
  return {
    places: countingSort(places, (i) => ranks.get(keyOf(i)) ?? 0, sorted.length),
    groups: sorted.map(({ key, count, effects }) => ({ by: groupOf(key), count, effects })),
  };
}

interface GroupKeys {
  readonly keyOf: (index: number) => number;
  readonly groupOf: (key: number) => TraceGroup['by'];
  readonly byKey: boolean;
}

function toolKeys(columns: TraceColumns): GroupKeys {
  const [tools, resources] = [namesOf(columns, 'tool'), namesOf(columns, 'resource')];
  const width = tools.names.length;
  return {
    keyOf: (i) => resources.idOf(i) * width + tools.idOf(i),
    groupOf: (key) => ({
      kind: 'tool',
      resource: resources.names[Math.floor(key / width)],
      tool: tools.names[key % width],
    }),
    byKey: false,
  };
}

function ruleKeys({ deciders, rules }: ReplayResult): GroupKeys {
  const { length } = rules;
  return {
    keyOf: (i) => {
      const decider = deciders[i] ?? -2;
      return decider >= 0 ? decider : length - 1 - decider;
    },
    groupOf: (key) => ({ kind: 'rule', decider: key < length ? key : length - 1 - key }),
    byKey: true,
  };
}

/** The distinct names of a part: several values may go by the same. */
function namesOf(columns: TraceColumns, part: NamedPart) {
  const { values, codes } = columns.column(part);
  const names: (string | null | undefined)[] = [];
  const known = new Map<string | null | undefined, number>();
  const ids = Uint32Array.from(values, (value: Json | undefined) => {
    const name = nameIn(part, value);
    let id = known.get(name);
    if (id === undefined) known.set(name, (id = names.push(name) - 1));
    return id;
  });
  return { names, idOf: (i: number) => ids[codes[i] ?? 0] ?? 0 };
}
