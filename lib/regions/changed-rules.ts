/** The rules in which two policies differ: a call to which none of them applies is decided alike by both. */
import type { PolicyRegion } from './policy-region';
import type { RuleRegion } from './rule-formula';
import { RuleOverlaps } from './rule-overlaps';

/** A rule that the other policy does not have at this place, and which rules of both may share calls with it, in their order. */
export interface ChangedRule {
  readonly rule: RuleRegion;
  readonly among: (region: PolicyRegion) => readonly RuleRegion[];
}

/** Rules are the same where they decide the same calls alike and are read alike; what the rest is named and numbered does not matter. */
export function changedRules(a: PolicyRegion, b: PolicyRegion): readonly ChangedRule[] {
  const [ours, theirs] = [activeRules(a), activeRules(b)];
  const all = [...ours, ...theirs];
  const overlaps = new RuleOverlaps(all);
  const kept = areReadAlike(a, b) ? commonRules(ours, theirs) : new Set<RuleRegion>();
  return all.flatMap((rule, at) => {
    if (kept.has(rule)) return [];
    const among = (region: PolicyRegion): readonly RuleRegion[] =>
      overlaps.of(at).flatMap((other) => (other < ours.length === (region === a) ? (all[other] ?? []) : []));
    return [{ rule, among: remembered(among) }];
  });
}

const areReadAlike = (a: PolicyRegion, b: PolicyRegion): boolean =>
  JSON.stringify(a.compiled.readings) === JSON.stringify(b.compiled.readings);

const activeRules = ({ rules }: PolicyRegion): readonly RuleRegion[] => rules.flatMap((rule) => rule ?? []);

function remembered(
  among: (region: PolicyRegion) => readonly RuleRegion[],
): (region: PolicyRegion) => readonly RuleRegion[] {
  const known = new Map<PolicyRegion, readonly RuleRegion[]>();
  return (region) => {
    let found = known.get(region);
    if (found === undefined) known.set(region, (found = among(region)));
    return found;
  };
}

/** Formulas are shared by their texts, so that comparing the objects is enough. */
const areAlike = (one: RuleRegion | undefined, other: RuleRegion | undefined): boolean =>
  one !== undefined && one.allows === other?.allows && one.denies === other.denies;

/** With more pairs to compare than these, only what the lists begin and end with is taken to be the same. */
const MOST_PAIRS = 4_000_000;

/** The rules of a longest list that is part of both, in its order: those of both lists. */
function commonRules(ours: readonly RuleRegion[], theirs: readonly RuleRegion[]): ReadonlySet<RuleRegion> {
  const kept = new Set<RuleRegion>();
  const keep = (one: RuleRegion | undefined, other: RuleRegion | undefined): void => {
    if (one !== undefined) kept.add(one);
    if (other !== undefined) kept.add(other);
  };
  let from = 0;
  let [i, j] = [ours.length, theirs.length];
  while (from < i && from < j && areAlike(ours[from], theirs[from])) keep(ours[from], theirs[from++]);
  while (i > from && j > from && areAlike(ours[i - 1], theirs[j - 1])) keep(ours[--i], theirs[--j]);
  const [rows, columns] = [i - from, j - from];
  if (rows * columns > MOST_PAIRS) return kept;
  // `longest[row][column]`: of the rules from there on.
  const width = columns + 1;
  const longest = new Uint16Array((rows + 1) * width);
  const at = (row: number, column: number): number => longest[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      longest[row * width + column] = areAlike(ours[from + row], theirs[from + column])
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  for (let row = 0, column = 0; row < rows && column < columns;) {
    const [one, other] = [ours[from + row], theirs[from + column]];
    if (areAlike(one, other)) {
      keep(one, other);
      row++;
      column++;
    } else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return kept;
}
