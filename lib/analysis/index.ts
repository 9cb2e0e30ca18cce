/** What can be said of a policy beside deciding one call. This file is the folder's only public entry. */
export {
  accessMatrix,
  callOfCell,
  cellsOf,
  subjectsOf,
  toolsOf,
  type AccessMatrix,
  type AccessTool,
  type Subject,
  SUBJECT_KINDS,
  type SubjectKind,
} from './access';
export { accessCsv, accessMarkdown, type AccessTable } from './access-text';
export { Clashes, MOST_CLASH_CALLS, type Clash } from './clash';
export {
  comparisonCsv,
  comparisonMarkdown,
  type ComparedPolicy,
  type ComparisonReport,
  type ReportedCell,
} from './comparison-report';
export { comparisonSentence, otherRuleSentence, type ComparisonCounts } from './comparison-text';
export {
  addCoverage,
  gapsOf,
  summaryOf,
  type Coverage,
  type CoverageSummary,
  type Gap,
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
  type Keeping,
  type KeptFact,
  type Placed,
  type RuleLike,
} from './from-call';
export { difference, type Change, type FieldChange } from './difference';
export { factAt, factName, factPath, withFacts, type Fact, type FactChange, type FactPath } from './nearby/fact';
export { nearMisses, type NearMiss } from './nearby/near-miss';
export { whyNot, type Obstacle, type Remedy, type WhyNot } from './nearby/why-not';
export { reasonsOf, type Reasons } from './reasons';
export * from './told';
