/** The policy engine. This file is the folder's only public entry. */
export type * from './catalog';
export type * from './decision';
export * from './model';
export { DEFAULT_SETTINGS, fillPolicy, fillRule, fillScope, fillSettings } from './defaults';
export type { WrittenPolicy, WrittenRule, WrittenScope } from './defaults';
export {
  isPortablePattern,
  loadMatchers,
  MAX_ALTERNATIVES,
  MAX_PATTERN_LENGTH,
  patternProblem,
  portabilityWarning,
} from './patterns';
export type { MatcherFactory, NameMatcher, PatternProblem } from './patterns';
export type { Problem, ProblemCode } from './problems';
export { hasTags, parseSelector } from './scope';
export type { Selector } from './scope';
export {
  MAX_CONDITION_LENGTH,
  MAX_PATTERNS,
  MAX_RULES,
  validatePolicy,
  validateRule,
  validateRules,
  validateSettings,
} from './validate';
