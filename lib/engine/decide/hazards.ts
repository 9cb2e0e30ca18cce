/** Hazards (docs/semantics.md, "Decision"): what a person should be warned of, only where it is certain. */
import { judge, type Judgement, type ValueOf } from './judge';
import type { Hazard } from '../model/model';
import { settle, type EvaluationChoices } from './outcome';
import type { Readings } from '../model/readings';
import type { MatchedRule } from '../match/match';
import type { Route } from '../routes/routes';

const NONE: readonly Hazard[] = [];

/** The hazards of a decision made under the policy's readings, ordered by rule position, then kind. */
export function hazardsOf(
  route: Route,
  judgement: Judgement,
  valueOf: ValueOf,
  choices: EvaluationChoices,
): readonly Hazard[] {
  const found: { index: number; hazard: Hazard }[] = [];
  let erred = false;
  for (let i = 0; i < judgement.certainUpTo; i++) {
    const entry = route.entries[i];
    if (!entry) continue;
    // What is above the first rule that may decide has certainly been passed, on a condition that is false or errs.
    const value = valueOf(entry);
    const errs = value !== false;
    erred ||= errs;
    if (judgement.effect !== 'allow' || entry.truth !== 'yes') continue;
    const { effect, rule, index } = entry.rule;
    if (effect === 'gated') found.push({ index, hazard: { kind: 'gate-passed', ruleId: rule.id } });
    else if (effect === 'deny' && errs) found.push({ index, hazard: { kind: 'deny-skipped', ruleId: rule.id } });
  }
  for (const { reading, readings, entries } of route.flips) {
    const turn = turningPoint(route.entries, entries, judgement, valueOf, choices, readings);
    if (turn)
      found.push({ index: turn.rule.index, hazard: { kind: 'our-reading', reading, ruleId: turn.rule.rule.id } });
  }
  for (const { reading, readings } of erred ? route.onError : []) {
    const turn = turningPoint(route.entries, route.entries, judgement, valueOf, choices, readings);
    if (turn)
      found.push({ index: turn.rule.index, hazard: { kind: 'our-reading', reading, ruleId: turn.rule.rule.id } });
  }
  if (found.length === 0) return NONE;
  // A stable sort: within a rule the order above is that of kinds and readings.
  return found.sort((a, b) => a.index - b.index).map(({ hazard }) => hazard);
}

/** The earliest rule whose step another reading changes, where that reading alone changes the effect, and that is certain. */
function turningPoint(
  entries: readonly MatchedRule[],
  others: readonly MatchedRule[],
  judgement: Judgement,
  valueOf: ValueOf,
  choices: EvaluationChoices,
  readings: Readings,
): MatchedRule | undefined {
  const other: EvaluationChoices = { ...choices, readings, flipped: true };
  const judged = judge(others, valueOf, other);
  if (judged.effect === judgement.effect) return undefined;
  for (let i = 0, j = 0; i <= judgement.end && j <= judged.end;) {
    const mine = entries[i];
    const theirs = others[j];
    const first = Math.min(mine?.rule.index ?? Infinity, theirs?.rule.index ?? Infinity);
    const here = mine?.rule.index === first ? mine : undefined;
    const there = theirs?.rule.index === first ? theirs : undefined;
    const turned = here ?? there;
    if (!turned) return undefined;
    if (stepKind(here, valueOf, choices) !== stepKind(there, valueOf, other)) {
      const certain = here?.truth !== 'maybe' && there?.truth !== 'maybe';
      return certain ? turned : undefined;
    }
    // Above this rule nothing may decide, or it is not certain that the answer turns here.
    if (here && settle(here, valueOf(here), choices).kind !== 'passed') return undefined;
    if (here) i++;
    if (there) j++;
  }
  return undefined;
}

/** What a rule comes to, as far as steps of two evaluations are distinguished. */
function stepKind(entry: MatchedRule | undefined, valueOf: ValueOf, choices: EvaluationChoices): string {
  if (!entry) return 'not-concerned';
  const value = valueOf(entry);
  const settled = settle(entry, value, choices);
  if (settled.kind !== 'passed') return settled.kind === 'decides' ? `${settled.by} ${settled.effect}` : 'unknown';
  return value === false ? 'false' : 'error';
}
