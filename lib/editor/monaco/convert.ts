/** Between offsets, which the rest of this folder speaks in, and Monaco's lines and columns. */
import { MarkerSeverity, Range, type editor, type IMarkdownString, type IRange } from 'monaco-editor/editor';
import type { Diagnostic } from '../../cel';

export function rangeOf(model: editor.ITextModel, start: number, end: number): Range {
  return Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}

const SEVERITIES = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  info: MarkerSeverity.Info,
} satisfies Record<Diagnostic['severity'], MarkerSeverity>;

/** What is underlined. What is missing at the end of the text has no width: the character before it stands for it. */
export function markerOf(model: editor.ITextModel, diagnostic: Diagnostic): editor.IMarkerData {
  const { start, end, message, help, code, severity } = diagnostic;
  return {
    ...plainRange(rangeOf(model, start === end && start > 0 ? start - 1 : start, end)),
    message: help === undefined ? message : `${message} (${help})`,
    code,
    severity: SEVERITIES[severity],
  };
}

const plainRange = ({ startLineNumber, startColumn, endLineNumber, endColumn }: IRange): IRange => ({
  startLineNumber,
  startColumn,
  endLineNumber,
  endColumn,
});

/** Markdown that can neither run anything nor load anything. */
export const markdown = (value: string): IMarkdownString => ({ value, isTrusted: false, supportHtml: false });
