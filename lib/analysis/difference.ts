import { FACETS, type Policy, type Rule } from '../engine';

/** What became of the rules of one policy in another, in the order of the later one; removed rules come last. */
export type RuleChange =
  | { readonly kind: 'added'; readonly rule: Rule; readonly at: number }
  | { readonly kind: 'removed'; readonly rule: Rule; readonly at: number }
  | { readonly kind: 'changed'; readonly rule: Rule; readonly at: number; readonly fields: readonly FieldChange[] }
  | { readonly kind: 'moved'; readonly rule: Rule; readonly at: number; readonly from: number }
  | { readonly kind: 'setting'; readonly fields: readonly FieldChange[] };

/** One field, dotted, with its value before and after. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The difference of two policies rule by rule; rules are the same where their ids are. `at` and `from` count from 0. */
export function difference(before: Policy, after: Policy): readonly RuleChange[] {
  const old = new Map(before.rules.map((rule, index) => [rule.id, { rule, index }]));
  const settings = changedFields(before.settings, after.settings);
  const changes: RuleChange[] = settings.length > 0 ? [{ kind: 'setting', fields: settings }] : [];
  const still = stayed(after.rules.flatMap(({ id }) => old.get(id)?.index ?? []));
  after.rules.forEach((rule, at) => {
    const was = old.get(rule.id);
    if (was === undefined) return changes.push({ kind: 'added', rule, at });
    const fields = changedFields(flat(was.rule), flat(rule));
    if (fields.length > 0) changes.push({ kind: 'changed', rule, at, fields });
    return still.has(was.index) || changes.push({ kind: 'moved', rule, at, from: was.index });
  });
  const kept = new Set(after.rules.map(({ id }) => id));
  before.rules.forEach((rule, at) => kept.has(rule.id) || changes.push({ kind: 'removed', rule, at }));
  return changes;
}

function flat(rule: Rule): object {
  const { scope, ...rest } = rule;
  const facets = Object.entries(scope).map(([facet, value]) => [`scope.${facet}`, value] as const);
  const empty = FACETS.map((facet) => [`scope.${facet}`, []] as const);
  return { ...rest, ...Object.fromEntries([...empty, ...facets]) };
}

function changedFields(before: object, after: object): readonly FieldChange[] {
  const old = new Map(Object.entries(before));
  const now = new Map(Object.entries(after));
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, before: old.get(field) as unknown, after: now.get(field) as unknown }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

/** The longest run of places that still are in the order they had: the fewest rules count as moved. */
function stayed(places: readonly number[]): ReadonlySet<number> {
  /** For each length, the index in `places` at which an ascending run of that length ends lowest. */
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  places.forEach((place, index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[ends[middle] ?? 0] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? ends[low - 1] : undefined;
    ends[low] = index;
  });
  const run = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) run.add(places[at] ?? 0);
  return run;
}
