/** The policy engine. This file is the folder's only public entry. */
export {
  buildFromFields,
  CALL_FIELD_PATHS,
  CALL_FIELDS,
  callField,
  callPathOf,
  celPathOf,
  memberNames,
  requiredMembers,
  type CallField,
  type CallFieldKind,
  type CallFieldPath,
  type CallFieldWith,
  type CallPath,
} from './model/call-fields';
export * from './model/catalog';
export { compileErrors } from './conditions/conditions';
export { activationFor, readsOf, type ConditionReads } from './conditions/reads';
export {
  compileLoneCondition,
  CONDITION_ANSWERS,
  type CompiledLoneCondition,
  type ConditionAnswer,
} from './conditions/lone-condition';
export { compilePolicy, type CompiledPolicy } from './decide/compile';
export { CallAmongRules, type AmongVerdict, type RuleOutcome, type RulesVerdict } from './decide/among';
export { decide, decideRow, decideUnder, explainCondition } from './decide/decide';
export * from './model/decision';
export { lineUp } from './decide/line-up';
export type { RowAnswer, LineUp } from './routes/kinds';
export { visitReached, type ReachedStepKind } from './decide/reached';
export { asksArguments } from './decide/asks';
export type { CompiledRule } from './match/match';
export { touching } from './decide/touch';
export { keepsItsValue } from './model/exact-number';
export * from './model/model';
export { conditionFacts, readCall, type ConditionFacts } from './match/facts';
export {
  DEFAULT_SETTINGS,
  fillPolicy,
  fillRule,
  fillScope,
  fillSettings,
  gateOnFalse,
  hasOtherReadings,
} from './model/defaults';
export type { WrittenPolicy, WrittenRule, WrittenScope } from './model/defaults';
export { loadMatchers, type MatcherFactory } from './match/matchers';
export {
  isPortablePattern,
  MAX_ALTERNATIVES,
  MAX_EXPANDED_ALTERNATIVES,
  MAX_PATTERN_LENGTH,
  patternProblem,
  portabilityWarning,
} from './match/patterns';
export type { NameMatcher, PatternProblem } from './match/patterns';
export type { PolicyProblem, PolicyProblemCode } from './validate/problems';
export {
  comparable,
  flipped,
  OURS,
  PROFILE_READINGS,
  READING_CHOICES,
  READINGS,
  type GatewayProfile,
  type ProfileReading,
  type Reading,
  type Readings,
} from './model/readings';
export { hasTags, parseSelector } from './match/scope';
export type { Selector } from './match/scope';
export { nearest as nearestName } from './validate/nearest';
export { validateCall } from './validate/validate-call';
export {
  MAX_CONDITION_LENGTH,
  MAX_PATTERNS,
  MAX_RULES,
  validatePolicy,
  validateRule,
  validateExpansion,
  validateRules,
  validateReadings,
  validateSettings,
} from './validate/validate';
