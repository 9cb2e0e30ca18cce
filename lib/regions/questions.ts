/** The questions that are asked of single rules. */
import type { Call } from '../engine';
import type { StatedVerdict } from '../statements';
import { ERROR, FALSE, TRUE, type OutcomeSet, type Requirement } from './formula';
import { rulesAbove, rulesBelow, type PolicyRegion } from './policy-region';
import type { RuleRegion } from './rule-formula';
import { findCall, type CallAnswer, type DecisionGoal, type UnknownAnswer } from './search';
import type { WorkLimit } from './solve';

/** What a question may be given: calls to try first, and the work that it may take. */
export interface QuestionOptions {
  readonly tryFirst?: readonly Call[];
  readonly limit?: WorkLimit;
}

const BITS = { true: TRUE, false: FALSE, error: ERROR, unknown: 0, 'does-not-apply': 0 } as const;

/** Whether a rule applies to a call, with one of these outcomes of its condition. */
export const hasOutcome = (region: PolicyRegion, rule: RuleRegion, outcomes: OutcomeSet, call: Call): boolean =>
  (BITS[region.among(call).outcomeOf(rule.index)] & outcomes) !== 0;

interface RuleQuestion extends QuestionOptions {
  /** What the rule's condition must come to, scope and patterns fitting. */
  readonly outcomes: OutcomeSet;
  readonly goals: readonly DecisionGoal[];
  /** More that must be true of the call; `isWhere` checks it of a call. */
  readonly where?: readonly Requirement[];
  readonly isWhere?: (call: Call) => boolean;
}

/** A call that a rule applies to, with such an outcome of its condition, and on which spans of the policy decide as wanted. */
export function findRuleCall(region: PolicyRegion, rule: RuleRegion, question: RuleQuestion): CallAnswer {
  const { outcomes, goals, where = [], isWhere = () => true, tryFirst, limit } = question;
  return findCall(
    {
      where: [{ formula: rule.applies, outcomes: TRUE }, { formula: rule.condition, outcomes }, ...where],
      goals,
      among: (of) => of.overlapping(rule.index),
      catalog: region.catalog,
      isWhere: (call) => hasOutcome(region, rule, outcomes, call) && isWhere(call),
      ...(tryFirst ? { tryFirst } : {}),
    },
    limit,
  );
}

/** Outcomes of a rule's condition with which it decides. */
export const decidingOutcomes = ({ policy }: PolicyRegion, { rule }: RuleRegion): OutcomeSet =>
  rule.effect === 'gated' && policy.settings.gatedWhenFalse === 'deny' ? TRUE | FALSE : TRUE;

/** Whether a rule would decide a call if no rule were above it. */
export const wouldDecide = (region: PolicyRegion, rule: RuleRegion, call: Call): boolean =>
  hasOutcome(region, rule, decidingOutcomes(region, rule), call);

/** A call that would be decided by the rule if no rule were above it. */
export const findMatch = (region: PolicyRegion, rule: RuleRegion, options: QuestionOptions = {}): CallAnswer =>
  findRuleCall(region, rule, { outcomes: decidingOutcomes(region, rule), goals: [], ...options });

/** A call that the rule decides. */
export function findDecided(region: PolicyRegion, rule: RuleRegion, options: QuestionOptions = {}): CallAnswer {
  const goals: readonly DecisionGoal[] = [{ span: rulesAbove(region, rule.index), effect: 'none' }];
  return findRuleCall(region, rule, { outcomes: decidingOutcomes(region, rule), goals, ...options });
}

/** The outcomes of a rule's condition with which the rule gives a verdict. */
export function outcomesOf({ policy }: PolicyRegion, { rule }: RuleRegion, verdict: StatedVerdict): OutcomeSet {
  switch (rule.effect) {
    case 'allow':
      return verdict === 'denied' ? 0 : TRUE;
    case 'deny':
      return verdict === 'denied' ? TRUE : 0;
    case 'gated':
      if (verdict === 'allowed') return TRUE;
      return verdict === 'denied' && policy.settings.gatedWhenFalse === 'deny' ? FALSE : 0;
  }
}

/** A call that one rule would allow and the other one deny, and that the first of them decides. */
export function findContested(
  region: PolicyRegion,
  allowing: RuleRegion,
  denying: RuleRegion,
  { tryFirst = [], limit }: QuestionOptions = {},
): CallAnswer {
  const [allows, denies] = [outcomesOf(region, allowing, 'allowed'), outcomesOf(region, denying, 'denied')];
  const first = Math.min(allowing.index, denying.index);
  return findCall(
    {
      where: [
        { formula: allowing.allows, outcomes: TRUE },
        { formula: denying.denies, outcomes: TRUE },
      ],
      goals: [{ span: rulesAbove(region, first), effect: 'none' }],
      among: (of) => of.overlapping(first),
      catalog: region.catalog,
      isWhere: (call) => hasOutcome(region, allowing, allows, call) && hasOutcome(region, denying, denies, call),
      tryFirst,
    },
    limit,
  );
}

/** A call that one rule decides, and that the other one would decide with another effect if it came first. */
export const findShared = (
  region: PolicyRegion,
  rule: RuleRegion,
  other: RuleRegion,
  options: QuestionOptions = {},
): CallAnswer =>
  firstOf(
    [
      [rule, other],
      [other, rule],
    ] as const,
    ([allowing, denying]) => findContested(region, allowing, denying, options),
  );

/** A call that comes to the rule, whose condition has such an outcome, and that the rules below then decide with this effect. */
export function findBelow(
  region: PolicyRegion,
  rule: RuleRegion,
  below: { readonly outcomes: OutcomeSet; readonly effect: 'allow' | 'deny' },
  options: QuestionOptions & { readonly where?: readonly Requirement[] } = {},
): CallAnswer {
  const goals: readonly DecisionGoal[] = [
    { span: rulesAbove(region, rule.index), effect: 'none' },
    { span: rulesBelow(region, rule.index), effect: below.effect },
  ];
  return findRuleCall(region, rule, { outcomes: below.outcomes, goals, ...options });
}

interface DecidingWay {
  readonly outcomes: OutcomeSet;
  /** The effect that the rule does not have then. */
  readonly other: 'allow' | 'deny';
}

/** The outcomes of a rule's condition with which it decides, by what it then decides. */
function waysOf(region: PolicyRegion, rule: RuleRegion): readonly DecidingWay[] {
  const gateDenies = (decidingOutcomes(region, rule) & FALSE) !== 0;
  return [
    { outcomes: TRUE, other: rule.rule.effect === 'deny' ? 'allow' : 'deny' },
    ...(gateDenies ? [{ outcomes: FALSE, other: 'allow' as const }] : []),
  ];
}

/** The first call that one of the questions has; else that there is none, or that it is not known. */
function firstOf<T>(questions: readonly T[], ask: (question: T) => CallAnswer): CallAnswer {
  const because: RuleRegion[] = [];
  let unknown: UnknownAnswer | undefined;
  for (const question of questions) {
    const answer = ask(question);
    if (answer.kind === 'call') return answer;
    if (answer.kind === 'unknown') unknown ??= answer;
    else because.push(...answer.because);
  }
  return unknown ?? { kind: 'none', because };
}

/** A call that the rule decides and that would be decided with another effect without it. */
export const findDifferenceWithout = (
  region: PolicyRegion,
  rule: RuleRegion,
  options: QuestionOptions = {},
): CallAnswer =>
  firstOf(waysOf(region, rule), ({ outcomes, other }) => findBelow(region, rule, { outcomes, effect: other }, options));

/** A call that the rule would decide if no rule were above it, and that one above decides with another effect. */
export const findOpposed = (region: PolicyRegion, rule: RuleRegion, options: QuestionOptions = {}): CallAnswer =>
  firstOf(waysOf(region, rule), ({ outcomes, other }) => {
    const goals = [{ span: rulesAbove(region, rule.index), effect: other }];
    return findRuleCall(region, rule, { outcomes, goals, ...options });
  });
