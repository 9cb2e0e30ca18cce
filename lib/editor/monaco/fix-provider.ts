import type { editor, languages } from 'monaco-editor/editor';
import type { Diagnostic } from '../../cel';
import { fixesOf, type QuickFix } from '../fixes';
import { markerOf, rangeOf } from './convert';
import { sessionOf } from './sessions';

export const fixProvider: languages.CodeActionProvider = {
  provideCodeActions(model, range) {
    const session = sessionOf(model);
    if (!session) return { actions: [], dispose: () => undefined };
    const [from, to] = [model.getOffsetAt(range.getStartPosition()), model.getOffsetAt(range.getEndPosition())];
    const touched = session.diagnostics.filter(({ start, end }: Diagnostic) => start <= to && from <= end);
    const fixes = fixesOf(model.getValue(), touched, session.context);
    return { actions: fixes.map((fix) => actionOf(model, fix)), dispose: () => undefined };
  },
};

function actionOf(model: editor.ITextModel, { title, edits, diagnostic, preferred }: QuickFix): languages.CodeAction {
  return {
    title: title.replaceAll('`', ''),
    kind: 'quickfix',
    isPreferred: preferred,
    diagnostics: [markerOf(model, diagnostic)],
    edit: {
      edits: edits.map(({ start, end, text }) => ({
        resource: model.uri,
        versionId: model.getVersionId(),
        textEdit: { range: rangeOf(model, start, end), text },
      })),
    },
  };
}
