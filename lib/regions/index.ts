/** Exact reasoning about all calls at once. This file is the folder's only public entry. */
export { conditionFormula, partFormula, pathOf } from './condition-formula';
export { all, any, constant, ERROR, factAtom, FALSE, is, not, TRUE, type Formula, type Requirement } from './formula';
export { policyRegion, verdictOf, wholePolicy, type PolicyRegion } from './policy-region';
export {
  findBelow,
  findDecided,
  findDifference,
  findDifferenceWithout,
  findEffect,
  findMatch,
  findRuleCall,
  type QuestionOptions,
} from './questions';
export type { RuleRegion } from './rule-formula';
export { WORK_LIMIT, type CallAnswer } from './search';
export { findBox, type WorkLimit } from './solve';
