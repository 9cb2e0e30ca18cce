/** What is known of each open model, by its address: the providers are registered once, and answer for the model they are asked about. */
import type { editor } from 'monaco-editor/editor';
import type { Diagnostic } from '../../cel';
import type { ConditionContext } from '../context';

export interface EditorSession {
  readonly context: ConditionContext;
  /** Of the text as it is; empty while it is being read anew. */
  readonly diagnostics: readonly Diagnostic[];
}

const sessions = new Map<string, EditorSession>();

export const sessionOf = (model: editor.ITextModel): EditorSession | undefined => sessions.get(model.uri.toString());

export function setSession(model: editor.ITextModel, session: EditorSession): void {
  sessions.set(model.uri.toString(), session);
}

export function endSession(model: editor.ITextModel): void {
  sessions.delete(model.uri.toString());
}
