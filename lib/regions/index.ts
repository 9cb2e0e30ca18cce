/** Exact reasoning about all calls at once. This file is the folder's only public entry. */
export { answerQuestion, type QuestionAnswer } from './answers';
export { conditionExpression, conditionFormula } from './condition-formula';
export { areEquivalent, canBe, conditionParts, formulaWith, type ConditionPart } from './condition-parts';
export { comparePolicies, type DifferingCall, type DifferingCalls, type PolicyDifference } from './compare-policies';
export { constant, ERROR, FALSE, is, not, TRUE, type Formula } from './formula';
export { policyRegion, verdictOf, wholePolicy, type PolicyRegion } from './policy-region';
export {
  decidingOutcomes,
  findBelow,
  findDecided,
  findDifferenceWithout,
  findMatch,
  findOpposed,
  findRuleCall,
  findShared,
  wouldDecide,
} from './questions';
export { isOneOf, type RuleRegion } from './rule-formula';
export { WORK_LIMIT, type CallAnswer, type UnknownReason } from './search';
export { findBox, type WorkLimit } from './solve';
