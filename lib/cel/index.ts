/**
 * CEL as cel-go evaluates it (default environment, v0.28.1). This file is the folder's only public entry.
 */
export type * from './syntax/ast';
export { childrenOf } from './syntax/tree';
export type { Diagnostic, DiagnosticFix } from './syntax/diagnostic';
export { parse, type ParsedSource } from './syntax/parser';
export { format } from './syntax/format';
export { tokenize, type Token, type TokenKind } from './syntax/tokens';
export { check, DECISION_DECLARATIONS, type CheckedExpr, type CheckOptions, type Declarations } from './check/checker';
export { formatType, parseType, type TypeField, type TypeFields, type Type } from './check/types';
export { confusableLetters, hiddenCharacters } from './explain/hidden-characters';
export { advise, type AdviseOptions } from './explain/advise';
export { diagnose, type DiagnoseOptions } from './explain/diagnose';
export { argsType } from './check/args-type';
export { CALLABLES, VARIABLES, VOCABULARY, type CelCallable, type CelVariable } from './explain/vocabulary';
export { suggest } from './check/suggest';
/** The vocabulary's texts, as a part of their own that only the editor and the documentation load. */
export const vocabularyDocs = () => import('./explain/vocabulary-docs');
export { compile, Program, type CompiledCondition, type CompileOptions } from './evaluate/program';
export { activation, Activation } from './evaluate/activation';
export { fromJson, type CelInput } from './values/json';
export { parseTimestamp, formatTimestamp } from './values/time';
export { parsePath, formatPath } from './values/unknown';
export { formatValue, show, type ShownValue } from './values/display';
export { explain, type ExplainedNode, type Explanation } from './explain/explain';
export type { Reason, ReasonOperand } from './explain/reason';
export { reasonWords } from './explain/reason-words';
export { encodeResult, encodeValue, type EncodedValue, type EncodedResult } from './values/encode';
export {
  CelDuration,
  CelMap,
  CelTimestamp,
  CelType,
  EvalError,
  Uint,
  Unknown,
  isError,
  isUnknown,
  type Result,
  type Value,
} from './values/values';
