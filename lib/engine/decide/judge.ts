/** The evaluation of a call's entries from top to bottom: first match wins, and what is not known stays open. */
import type { ConditionValue } from '../conditions/condition-value';
import type { DecidedBy, DecisionEffect } from '../model/model';
import { settle, type EvaluationChoices, type RuleSettlement } from './outcome';
import type { MatchedRule } from '../match/match';
import { contenders, type DecidingCandidate } from './undecided';

/** The value of a rule's condition for the call at hand; true where it has none. */
export type ValueOf = (entry: MatchedRule) => ConditionValue;

export interface Judgement {
  readonly effect: DecisionEffect;
  readonly decidedBy: DecidedBy;
  /** The index in `entries` of the one that certainly decides, if all above pass; else their number. */
  readonly end: number;
  /** The index of the first entry that decides or may decide: all above it certainly do not. */
  readonly certainUpTo: number;
}

export function judge(entries: readonly MatchedRule[], valueOf: ValueOf, choices: EvaluationChoices): Judgement {
  let candidates: DecidingCandidate[] | undefined;
  let certainUpTo = entries.length;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    if (!entry) continue;
    const settled = settle(entry, valueOf(entry), choices);
    if (settled.kind === 'passed') continue;
    certainUpTo = Math.min(certainUpTo, i);
    if (settled.kind === 'may-decide') {
      (candidates ??= []).push({ entry, settled });
      continue;
    }
    const ruleId = entry.rule.rule.id;
    if (!candidates) return { effect: settled.effect, decidedBy: { kind: settled.by, ruleId }, end: i, certainUpTo };
    return { ...undecided(candidates, { entry, settled }, choices), end: i, certainUpTo };
  }
  const end = entries.length;
  if (!candidates) return { effect: 'deny', decidedBy: { kind: 'default' }, end, certainUpTo };
  return { ...undecided(candidates, undefined, choices), end, certainUpTo };
}

interface DecidingEntry {
  readonly entry: MatchedRule;
  readonly settled: Extract<RuleSettlement, { kind: 'decides' }>;
}

/** `last`: the rule that decides if none of the candidates does; undefined where that is the default. */
function undecided(
  candidates: readonly DecidingCandidate[],
  last: DecidingEntry | undefined,
  choices: EvaluationChoices,
): Pick<Judgement, 'effect' | 'decidedBy'> {
  const could = contenders(candidates, choices);
  const effects = new Set<DecisionEffect>(could.flatMap((contender) => contender.effects));
  effects.add(last ? last.settled.effect : 'deny');
  const ruleIds = could.map((contender) => contender.candidate.entry.rule.rule.id);
  if (last) ruleIds.push(last.entry.rule.rule.id);
  const waitsFor = sortedUnion(could.map((contender) => waitsForOf(contender.candidate)));
  const [effect = 'deny', ...others] = effects;
  return {
    effect: others.length === 0 ? effect : 'conditional',
    decidedBy: { kind: 'undecided', ruleIds, default: last === undefined, waitsFor },
  };
}

/** The facts that one rule waits for, sorted. */
export function waitsForOf({ entry, settled }: DecidingCandidate): readonly string[] {
  const scope = entry.open?.waitsFor ?? [];
  const condition = settled.waiting?.paths ?? [];
  return scope.length === 0 ? condition : condition.length === 0 ? scope : sortedUnion([scope, condition]);
}

function sortedUnion(lists: readonly (readonly string[])[]): readonly string[] {
  const [only, ...more] = lists;
  return only && more.length === 0 ? only : [...new Set(lists.flat())].sort();
}
