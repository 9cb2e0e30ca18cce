/** CEL as a language of Monaco: registered once for the page. */
import { editor, KeyCode, KeyMod, languages } from 'monaco-editor/editor';
import { format } from '../../cel';
import { COLOUR_KINDS, FIRST_LINE, semanticTokens, tokenizeLine, type LineState } from '../semantic-tokens';
import { hoverAt } from '../hover';
import { signatureAt } from '../signature';
import { completionProvider } from './completion-provider';
import { markdown, rangeOf } from './convert';
import { fixProvider } from './fix-provider';
import { sessionOf } from './sessions';

export const LANGUAGE = 'cel';

class HighlightState implements languages.IState {
  constructor(readonly line: LineState) {}
  clone(): HighlightState {
    return new HighlightState(this.line);
  }
  equals(other: languages.IState): boolean {
    return (
      other instanceof HighlightState &&
      other.line.before === this.line.before &&
      other.line.isOpen === this.line.isOpen
    );
  }
}

const CONFIGURATION: languages.LanguageConfiguration = {
  comments: { lineComment: '//' },
  brackets: [
    ['(', ')'],
    ['[', ']'],
    ['{', '}'],
  ],
  autoClosingPairs: [
    { open: '(', close: ')' },
    { open: '[', close: ']' },
    { open: '{', close: '}' },
    { open: '"', close: '"', notIn: ['string', 'comment'] },
    { open: "'", close: "'", notIn: ['string', 'comment'] },
  ],
  wordPattern: /[A-Za-z_]\w*/,
};

const signatureProvider: languages.SignatureHelpProvider = {
  signatureHelpTriggerCharacters: ['(', ','],
  signatureHelpRetriggerCharacters: [')'],
  provideSignatureHelp(model, position) {
    const session = sessionOf(model);
    const help = session && signatureAt(model.getValue(), model.getOffsetAt(position), session.context);
    if (!help) return undefined;
    const { activeSignature, activeParameter, documentation } = help;
    const signatures = help.signatures.map(({ label, parameters }) => ({
      label,
      parameters: parameters.map(([start, end]) => ({ label: [start, end] as [number, number] })),
      ...(documentation === undefined ? {} : { documentation: markdown(documentation) }),
    }));
    return { value: { signatures, activeSignature, activeParameter }, dispose: () => undefined };
  },
};

let registered = false;

export function registerLanguage(): void {
  if (registered) return;
  registered = true;
  languages.register({ id: LANGUAGE });
  languages.setLanguageConfiguration(LANGUAGE, CONFIGURATION);
  // Colours that are there at once; those that need the whole source follow.
  languages.setTokensProvider(LANGUAGE, {
    getInitialState: () => new HighlightState(FIRST_LINE),
    tokenize(line, state) {
      const { tokens, next } = tokenizeLine(line, state instanceof HighlightState ? state.line : FIRST_LINE);
      return { tokens: withGaps(tokens), endState: new HighlightState(next) };
    },
  });
  languages.registerDocumentRangeSemanticTokensProvider(LANGUAGE, {
    getLegend: () => ({ tokenTypes: [...COLOUR_KINDS], tokenModifiers: [] }),
    provideDocumentRangeSemanticTokens: (model) => ({ data: semanticTokens(model.getValue()) }),
  });
  languages.registerCompletionItemProvider(LANGUAGE, completionProvider);
  languages.registerCodeActionProvider(LANGUAGE, fixProvider, { providedCodeActionKinds: ['quickfix'] });
  languages.registerHoverProvider(LANGUAGE, {
    provideHover(model, position) {
      const session = sessionOf(model);
      const hover = session && hoverAt(model.getValue(), model.getOffsetAt(position), session.context);
      return hover && { range: rangeOf(model, hover.start, hover.end), contents: hover.parts.map(markdown) };
    },
  });
  languages.registerSignatureHelpProvider(LANGUAGE, signatureProvider);
  languages.registerDocumentFormattingEditProvider(LANGUAGE, {
    provideDocumentFormattingEdits(model) {
      const source = model.getValue();
      const text = format(source);
      return text === source ? [] : [{ range: model.getFullModelRange(), text }];
    },
  });
  bindKeys();
}

/** Monaco gives a token the room up to the next one: between two tokens is one without a colour. */
function withGaps(tokens: readonly { kind: string; start: number; end: number }[]): languages.IToken[] {
  const found: languages.IToken[] = [];
  let end = 0;
  for (const token of tokens) {
    if (token.start > end) found.push({ startIndex: end, scopes: '' });
    found.push({ startIndex: token.start, scopes: token.kind });
    end = token.end;
  }
  found.push({ startIndex: end, scopes: '' });
  return found;
}

function bindKeys(): void {
  editor.addKeybindingRules([
    // These are the page's: the command palette, which Monaco begins chords with, and saving the rule.
    { keybinding: KeyMod.CtrlCmd | KeyCode.KeyK, command: null },
    { keybinding: KeyMod.CtrlCmd | KeyCode.Enter, command: null },
    { keybinding: KeyCode.F1, command: 'editor.action.showHover', when: 'editorTextFocus' },
    // Monaco has another key for it on Linux, which opens the browser's own tools.
    {
      keybinding: KeyMod.Shift | KeyMod.Alt | KeyCode.KeyF,
      command: 'editor.action.formatDocument',
      when: 'editorTextFocus',
    },
  ]);
}
