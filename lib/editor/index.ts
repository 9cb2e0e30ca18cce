/**
 * The editor of conditions: what it knows (pure, without Monaco), and the door to Monaco itself. This file is the folder's only public entry.
 */
import type * as Monaco from './monaco';

export { NO_CONTEXT, type ConditionContext, type CoveredTool, type VocabularyDocs } from './context';
export { coveredTools } from './covered-tools';
export type { Completion, CompletionKind } from './completion-items';
export type { Hover } from './hover';
export type { Signature, SignatureHelp } from './signature';
export { diagnosticsOf, firstProblem } from './diagnostics';
export { withEdits, type TextEdit } from './edit';
export { fixesOf, type QuickFix } from './fixes';
export { explainFor, inlineValues, type InlineValue } from './inline-values';
export type { EditorHandle, EditorOptions } from './monaco';
/** Brings Monaco (large: only when a condition is opened). Rejects where it cannot be had. */
export const loadEditor = (): Promise<typeof Monaco> => import('./monaco');
