/**
 * Which of the rules that may match could still decide. Two rules may hang on the same unknown fact: below `deny` on a condition, an
 * `allow` on the same condition never gets its turn. A way in which a rule may decide is dropped where whatever makes it come true makes
 * an earlier rule decide.
 *
 * INVARIANT: a way is dropped only on proof, so that every completion of the call stays among the answers.
 */
import { starMatcher } from '../match/matchers';
import { isPortablePattern } from '../match/patterns';
import type { EvaluationChoices, RuleSettlement, DecidingWay } from './outcome';
import type { MatchedRule } from '../match/match';
import type { Selector } from '../match/scope';

export interface DecidingCandidate {
  readonly entry: MatchedRule;
  readonly settled: Extract<RuleSettlement, { kind: 'may-decide' }>;
}

/** A candidate with the effects that it could still give. */
export interface DecidingContender {
  readonly candidate: DecidingCandidate;
  readonly effects: readonly ('allow' | 'deny')[];
}

/** What would have to be true for a way to come about: all of it together. */
interface DecidingClaim {
  readonly condition: string;
  readonly needs: ReadonlyMap<string, readonly string[]>;
}

/** How many earlier claims on scope or tool one is compared with: enough for any policy a person writes, and linear for the others. */
const MAX_COMPARED = 64;
const TOOL = 'tool';

export function contenders(candidates: readonly DecidingCandidate[], choices: EvaluationChoices): DecidingContender[] {
  const settledByCondition = new Set<string>();
  const earlier: DecidingClaim[] = [];
  const found: DecidingContender[] = [];
  for (const candidate of candidates) {
    const claims = candidate.settled.ways.map((way) => claimOf(candidate, way));
    const possible = candidate.settled.ways.filter((_, i) => {
      const claim = claims[i];
      return claim !== undefined && !settledByCondition.has(claim.condition) && !covered(claim, earlier, choices);
    });
    if (possible.length > 0) found.push({ candidate, effects: possible.map((way) => way.effect) });
    for (const claim of claims) {
      if (claim.needs.size === 0 && claim.condition !== '') settledByCondition.add(claim.condition);
      else if (earlier.length < MAX_COMPARED) earlier.push(claim);
    }
  }
  return found;
}

function claimOf({ entry }: DecidingCandidate, way: DecidingWay): DecidingClaim {
  const needs = new Map<string, readonly string[]>();
  for (const { facet, selectors } of entry.open?.facets ?? []) needs.set(facet, selectors.map(written));
  if (entry.open?.patterns) needs.set(TOOL, entry.open.patterns);
  return { condition: way.condition === undefined ? '' : `${way.condition} ${entry.rule.condition}`, needs };
}

const written = (selector: Selector): string => `${selector.kind} ${selector.value}`;

/** Whether the claim cannot come true without one of the earlier ones: at once, or by each value of one of its needs in turn. */
function covered(claim: DecidingClaim, earlier: readonly DecidingClaim[], choices: EvaluationChoices): boolean {
  if (earlier.length === 0) return false;
  const implied = (needs: DecidingClaim['needs']) =>
    earlier.some((other) => implies({ ...claim, needs }, other, choices));
  if (implied(claim.needs)) return true;
  if (choices.readings['facet-or'] !== 'any-value') return false;
  return [...claim.needs].some(
    ([need, values]) => values.length > 1 && values.every((value) => implied(new Map(claim.needs).set(need, [value]))),
  );
}

function implies(claim: DecidingClaim, other: DecidingClaim, choices: EvaluationChoices): boolean {
  if (other.condition !== '' && other.condition !== claim.condition) return false;
  for (const [need, values] of other.needs) {
    const own = claim.needs.get(need);
    if (!own) return false;
    const narrow = need === TOOL ? everyName(own, values, choices) : everyValue(own, values, choices);
    if (!narrow) return false;
  }
  return true;
}

function everyValue(own: readonly string[], values: readonly string[], choices: EvaluationChoices): boolean {
  return choices.readings['facet-or'] === 'any-value'
    ? own.every((value) => values.includes(value))
    : values.every((value) => own.includes(value));
}

/**
 * Whether each of `own` covers no name that `patterns` leave out. A pattern of stars alone is matched against another as if it were a name:
 * its own `*` can only be taken by a `*` of the other.
 */
function everyName(own: readonly string[], patterns: readonly string[], choices: EvaluationChoices): boolean {
  const plain = choices.flipped
    ? []
    : patterns.filter(isPortablePattern).map((one) => starMatcher(one, choices.readings));
  return own.every(
    (one) => patterns.includes(one) || (isPortablePattern(one) && plain.some((matches) => matches(one))),
  );
}
