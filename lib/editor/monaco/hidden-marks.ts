import { editor } from 'monaco-editor/editor';
import { hiddenIn } from '../../text';
import { rangeOf } from './convert';

/** Monaco itself writes these as `[U+202E]` (`renderControlCharacters`): C0 controls, DEL, and marks and overrides of direction. */
const DRAWN_BY_MONACO = /^[\u0000-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]$/;

/** A mark before each other hidden character of a model. */
export function hiddenMarks(model: editor.ITextModel): editor.IModelDeltaDecoration[] {
  const text = model.getValue();
  return hiddenIn(text)
    .filter(({ start, end }) => !DRAWN_BY_MONACO.test(text.slice(start, end)))
    .map(({ start, end, codePoint, name }) => ({
      range: rangeOf(model, start, end),
      options: {
        description: `${codePoint} ${name}`,
        before: {
          content: codePoint,
          inlineClassName: 'condition-hidden',
          cursorStops: editor.InjectedTextCursorStops.None,
        },
      },
    }));
}
