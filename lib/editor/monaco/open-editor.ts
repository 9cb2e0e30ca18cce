import { editor, KeyCode, KeyMod, Uri } from 'monaco-editor/editor';
import type { Diagnostic } from '../../cel';
import type { ConditionContext } from '../context';
import { editBetween } from '../edit';
import type { InlineValue } from '../inline-values';
import { markerOf, rangeOf } from './convert';
import './features';
import { hiddenMarks } from './hidden-marks';
import { setEnvironment } from './environment';
import { LANGUAGE, registerLanguage } from './language';
import { LINE_HEIGHT, LOOK } from './look';
import { endSession, setSession } from './sessions';
import { followTheme } from './theme';
import { warmUp } from './warm-up';
// After Monaco's own styles, which it corrects.
import './condition-editor.css';

export interface EditorOptions {
  readonly value: string;
  /** What a screen reader calls it. */
  readonly label: string;
  readonly context: ConditionContext;
  onChange(value: string): void;
  /** Tab moves to the next field (as it does at first), or indents. */
  onTabMode(movesFocus: boolean): void;
}

/** An open editor: one model of its own, until `dispose`. */
export interface EditorHandle {
  /** The text from outside: what differs is replaced, as a step that can be undone in the editor. */
  setValue(value: string): void;
  setContext(context: ConditionContext): void;
  /** What is wrong with `source`; not taken where the text is another by now. */
  setDiagnostics(source: string, diagnostics: readonly Diagnostic[]): void;
  /** What the parts of `source` came to; they vanish with the next change of the text. */
  setValues(source: string, values: readonly InlineValue[]): void;
  /** Attributes of the element that takes the text, for labels and descriptions that are elsewhere. */
  describe(attributes: Readonly<Record<string, string | undefined>>): void;
  focus(): void;
  /** Selects by UTF-16 offsets. */
  select(start: number, end: number): void;
  dispose(): void;
}

const OWNER = 'condition';
const MAX_LINES = 14;
let opened = 0;

/** Opens an editor that fills the width of `container` and is as high as its text. */
export function openEditor(container: HTMLElement, options: EditorOptions): EditorHandle {
  setEnvironment();
  registerLanguage();
  followTheme();
  let { context } = options;
  let last = options.value;
  const model = editor.createModel(options.value, LANGUAGE, Uri.parse(`condition:${++opened}`));
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  setSession(model, { context, diagnostics: [] });
  const instance = editor.create(container, { ...LOOK, model, ariaLabel: options.label, tabFocusMode: true });
  const values = instance.createDecorationsCollection();
  const hidden = instance.createDecorationsCollection(hiddenMarks(model));

  // The font of the icons in the list of completions: the first key would wait for it.
  void document.fonts.load('16px codicon');
  container.addEventListener('mousedown', keepFocus);
  const shown = new AbortController();
  void warmUp(shown.signal);

  const fit = () => {
    container.style.height = `${Math.min(instance.getContentHeight(), MAX_LINES * LINE_HEIGHT + 12)}px`;
    instance.layout();
  };
  fit();
  const listeners = [
    instance.onDidContentSizeChange(fit),
    model.onDidChangeContent(() => {
      hidden.set(hiddenMarks(model));
      const text = model.getValue();
      // A quote typed over the one that was closed by itself changes nothing: the same text need not be checked again.
      if (text === last) return;
      last = text;
      shown.abort();
      // Values and fixes of another text would mislead.
      values.clear();
      setSession(model, { context, diagnostics: [] });
      options.onChange(text);
    }),
  ];
  addTabToggle(instance, options.onTabMode);

  return {
    setValue: (value) => replaceText(model, value),
    setContext(next) {
      context = next;
      setSession(model, { context, diagnostics: [] });
    },
    setDiagnostics(source, diagnostics) {
      if (source !== model.getValue()) return;
      setSession(model, { context, diagnostics });
      editor.setModelMarkers(
        model,
        OWNER,
        diagnostics.map((one) => markerOf(model, one)),
      );
    },
    setValues(source, list) {
      if (source !== model.getValue()) return;
      values.set(list.map((value) => decorationOf(model, value)));
    },
    describe: (attributes) => describeInput(container, attributes),
    focus: () => instance.focus(),
    select(start, end) {
      instance.setSelection(rangeOf(model, start, end));
    },
    dispose() {
      shown.abort();
      container.removeEventListener('mousedown', keepFocus);
      for (const listener of listeners) listener.dispose();
      endSession(model);
      instance.dispose();
      model.dispose();
    },
  };
}

/** A command and its keys: Tab moves the focus, as at first, or indents. */
function addTabToggle(instance: editor.IStandaloneCodeEditor, onTabMode: EditorOptions['onTabMode']): void {
  let movesFocus = true;
  instance.addAction({
    id: 'condition.toggle-tab',
    label: 'Toggle whether Tab moves the focus',
    // The second is Ctrl+M on a Mac, where Command+M is the system's.
    keybindings: [KeyMod.CtrlCmd | KeyCode.KeyM, KeyMod.WinCtrl | KeyCode.KeyM],
    run() {
      movesFocus = !movesFocus;
      instance.updateOptions({ tabFocusMode: movesFocus });
      onTabMode(movesFocus);
    },
  });
}

/** A step of its own for undo, and no longer than need be, so that the cursor stays where it is. */
function replaceText(model: editor.ITextModel, text: string): void {
  const edit = editBetween(model.getValue(), text);
  if (!edit) return;
  model.pushStackElement();
  model.pushEditOperations([], [{ range: rangeOf(model, edit.start, edit.end), text: edit.text }], () => null);
  model.pushStackElement();
}

function describeInput(container: HTMLElement, attributes: Readonly<Record<string, string | undefined>>): void {
  const input = container.querySelector('textarea');
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) input?.removeAttribute(name);
    else input?.setAttribute(name, value);
  }
}

/**
 * A press on "Quick Fix…" in a hover leaves the focus in the text. Monaco would give it to the hover, take it back as the hover closes, and
 * close the list of fixes at once, because that has lost it.
 */
function keepFocus(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest('.monaco-hover .action-container'))
    event.preventDefault();
}

function decorationOf(model: editor.ITextModel, { offset, text, kind }: InlineValue): editor.IModelDeltaDecoration {
  return {
    range: rangeOf(model, offset, offset),
    options: {
      showIfCollapsed: true,
      after: {
        content: ` ${text} `,
        inlineClassName: `condition-value condition-value-${kind}`,
        cursorStops: editor.InjectedTextCursorStops.None,
      },
    },
  };
}
