/** Invariants and questions about a policy as lines of text. This file is the folder's only public entry. */
export { formatInvariant, withRuleId } from './format';
export type {
  CallSubject,
  PolicyInvariant,
  PolicyQuestion,
  ReadStatement,
  RuleReference,
  StatedCalls,
  StatedVerdict,
  StatementProblem,
  SubjectFacet,
  ToolAnnotation,
} from './model';
export { ANNOTATIONS, parseInvariant, parseQuestion, SUBJECT_WORDS } from './parse';
