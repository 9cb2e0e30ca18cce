/**
 * CEL as cel-go evaluates it (default environment, v0.28.1). This file is the folder's only public entry.
 */
export type * from './ast';
export { childrenOf } from './tree';
export type { Diagnostic, DiagnosticFix } from './diagnostic';
export { parse, type ParsedSource } from './parser';
export { format } from './format';
export { tokenize, type Token, type TokenKind } from './tokens';
export { check, DECISION_DECLARATIONS, type CheckedExpr, type CheckOptions, type Declarations } from './checker';
export { formatType, parseType, type TypeField, type TypeFields, type Type } from './types';
export { advise, type AdviseOptions } from './advise';
export { argsType } from './args-type';
export { CALLABLES, VARIABLES, VOCABULARY, type CelCallable, type CelVariable } from './vocabulary';
export { suggest } from './suggest';
/** The vocabulary's texts, as a part of their own that only the editor and the documentation load. */
export const vocabularyDocs = () => import('./vocabulary-docs');
export { compile, Program, type CompiledCondition, type CompileOptions } from './program';
export { activation, Activation } from './activation';
export { fromJson, type CelInput, type CelJson } from './json';
export { parseTimestamp, formatTimestamp } from './time';
export { parsePath, formatPath } from './unknown';
export { formatValue, show, type ShownValue } from './display';
export { explain, type ExplainedNode, type Explanation } from './explain';
export type { Reason, ReasonOperand } from './reason';
export { reasonWords } from './reason-words';
export { encodeResult, encodeValue, type EncodedValue, type EncodedResult } from './encode';
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
} from './values';
