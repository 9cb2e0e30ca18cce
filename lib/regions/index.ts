/** Exact reasoning about all calls at once. This file is the folder's only public entry. */
export { constant, ERROR, factAtom, FALSE, TRUE, type Requirement } from './formula';
export { policyRegion, verdictOf, type PolicyRegion } from './policy-region';
export { findBelow, findDecided, findDifference, findDifferenceWithout, findMatch, findRuleCall } from './questions';
export type { RuleRegion } from './rule-formula';
export { WORK_LIMIT } from './search';
export { findBox } from './solve';
