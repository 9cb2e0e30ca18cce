import { languages, type editor, type Position } from 'monaco-editor/editor';
import type { Completion, CompletionKind } from '../completion-items';
import { completionsAt } from '../completions';
import { markdown, rangeOf } from './convert';
import { sessionOf } from './sessions';

const { CompletionItemInsertTextRule, CompletionItemKind } = languages;

const KINDS = {
  variable: CompletionItemKind.Variable,
  argument: CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  method: CompletionItemKind.Method,
  macro: CompletionItemKind.Snippet,
  keyword: CompletionItemKind.Keyword,
  value: CompletionItemKind.EnumMember,
  operator: CompletionItemKind.Operator,
} satisfies Record<CompletionKind, languages.CompletionItemKind>;

export const completionProvider: languages.CompletionItemProvider = {
  triggerCharacters: ['.', '"', "'", '['],
  provideCompletionItems(model, position) {
    const session = sessionOf(model);
    if (!session) return { suggestions: [] };
    const found = completionsAt(model.getValue(), model.getOffsetAt(position), session.context);
    return { suggestions: found.flatMap((one, order) => itemOf(model, position, one, order)) };
  },
};

function itemOf(model: editor.ITextModel, position: Position, completion: Completion, order: number) {
  const { label, kind, detail, documentation, insert, isSnippet, start, end, filter, goesOn } = completion;
  const range = rangeOf(model, start, end);
  // Monaco replaces within one line only.
  if (range.startLineNumber !== position.lineNumber || range.endLineNumber !== position.lineNumber) return [];
  const isCall = (kind === 'function' || kind === 'method' || kind === 'macro') && isSnippet && insert !== 'has($1)';
  const next = isCall ? 'editor.action.triggerParameterHints' : goesOn ? 'editor.action.triggerSuggest' : undefined;
  const item: languages.CompletionItem = {
    label,
    kind: KINDS[kind],
    detail,
    insertText: insert,
    range,
    // INVARIANT: numbers of one length, since Monaco compares them as text.
    sortText: String(order).padStart(6, '0'),
    ...(isSnippet ? { insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet } : {}),
    ...(documentation === undefined ? {} : { documentation: markdown(documentation) }),
    ...(filter === undefined ? {} : { filterText: filter }),
    ...(next === undefined ? {} : { command: { id: next, title: '' } }),
  };
  return [item];
}
