/** What can be said of a policy beside deciding one call. This file is the folder's only public entry. */
export {
  accessMatrix,
  isMoreKnown,
  callOfCell,
  subjectsOf,
  toolsOf,
  type AccessMatrix,
  type AccessTool,
  type AccessSubject,
  SUBJECT_KINDS,
  type SubjectKind,
} from './access';
export type { ComparisonCounts } from './comparison-counts';
export { RuleClashes, MOST_CLASH_CALLS, type RuleClash } from './clash';
export {
  addCoverage,
  gapsOf,
  summaryOf,
  type PolicyCoverage,
  type CoverageSummary,
  type CoverageGap,
  type RuleCoverage,
} from './coverage';
export { coverageOf, CoverageCounter } from './count-coverage';
export { catalogImpact, traceImpact, type CatalogImpact, type CellChange, type TraceImpact } from './impact';
export { expectationOf, runTest, runTests, type TestOutcome } from './run-tests';
export { freeTestName, testName } from './test-names';
export * from './usecases';
export {
  KEPT_FACTS,
  placeRule,
  ruleLike,
  suggestedKeeping,
  traitsOf,
  type CallTraits,
  type KeptTraits,
  type KeptFact,
  type RulePlacement,
  type RuleTemplate,
} from './from-call';
export { difference, type RuleChange, type FieldChange } from './difference';
export { factAt, factName, withFacts, type FactState, type FactChange, type FactPath } from './nearby/fact';
export { factText, readFact, type ReadFact } from './nearby/fact-text';
export { withSettings, type FactSetting, type FactSettings } from './trace-facts';
export { nearMisses, type NearMiss } from './nearby/near-miss';
export { missingFacts, type ClassValues, type MissingFact, type ValueClass } from './nearby/value-classes';
export { whyNot, type Obstacle, type Remedy, type RuleEdit, type WhyNot } from './nearby/why-not';
export { qualifiedPattern } from './qualified-pattern';
export { ruleTextFindings, type RuleTextFinding } from './rule-text';
export { scopeAndToolFit } from './nearby/fit';
export { reasonsOf, type Reasons } from './reasons';
