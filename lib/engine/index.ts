/** The policy engine. This file is the folder's only public entry. */
export type * from './catalog';
export { compilePolicy, type CompiledPolicy } from './compile';
export { decide, decideRow, decideUnder, explainCondition } from './decide';
export type * from './decision';
export { lineUp } from './line-up';
export type { RowAnswer, LineUp } from './kinds';
export { visitReached, type ReachedStepKind } from './reached';
export { asksArguments } from './asks';
export type { CompiledRule } from './match';
export { touching } from './touch';
export * from './model';
export { conditionFacts, readCall, type ConditionFacts } from './facts';
export { DEFAULT_SETTINGS, fillPolicy, fillRule, fillScope, fillSettings } from './defaults';
export type { WrittenPolicy, WrittenRule, WrittenScope } from './defaults';
export { loadMatchers, type MatcherFactory } from './matchers';
export {
  isPortablePattern,
  MAX_ALTERNATIVES,
  MAX_PATTERN_LENGTH,
  patternProblem,
  portabilityWarning,
} from './patterns';
export type { NameMatcher, PatternProblem } from './patterns';
export type { PolicyProblem, PolicyProblemCode } from './problems';
export { flipped, OURS, type Readings } from './readings';
export { hasTags, parseSelector } from './scope';
export type { Selector } from './scope';
export { validateCall } from './validate-call';
export {
  MAX_CONDITION_LENGTH,
  MAX_PATTERNS,
  MAX_RULES,
  validatePolicy,
  validateRule,
  validateRules,
  validateSettings,
} from './validate';
