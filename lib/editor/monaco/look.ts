import { editor } from 'monaco-editor/editor';

/** Pixels. */
export const LINE_HEIGHT = 20;

/** What every condition's editor shows and does, and what it leaves out. */
export const LOOK: editor.IStandaloneEditorConstructionOptions = {
  // INVARIANT: a text area in every browser: it can have a label that is outside, and a description.
  editContext: false,
  'semanticHighlighting.enabled': true,
  fontFamily: "'IBM Plex Mono', ui-monospace, monospace",
  fontSize: 12,
  lineHeight: LINE_HEIGHT,
  padding: { top: 6, bottom: 6 },
  wordWrap: 'on',
  wrappingIndent: 'indent',
  lineNumbers: 'off',
  glyphMargin: false,
  folding: false,
  lineDecorationsWidth: 8,
  lineNumbersMinChars: 0,
  minimap: { enabled: false },
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  scrollBeyondLastLine: false,
  // The page scrolls on where the editor has no more to scroll.
  scrollbar: { alwaysConsumeMouseWheel: false, vertical: 'auto', horizontal: 'hidden', useShadows: false },
  renderLineHighlight: 'none',
  occurrencesHighlight: 'singleFile',
  fixedOverflowWidgets: true,
  automaticLayout: true,
  wordBasedSuggestions: 'off',
  quickSuggestions: { other: 'on', strings: 'on', comments: 'off' },
  suggest: { showStatusBar: false, showWords: false },
  snippetSuggestions: 'inline',
  tabCompletion: 'off',
  hover: { above: false },
  lightbulb: { enabled: editor.ShowLightbulbIconMode.OnCode },
  bracketPairColorization: { enabled: false },
  // With `hiddenMarks`, no character is drawn as nothing.
  renderControlCharacters: true,
  links: false,
  stickyScroll: { enabled: false },
  accessibilitySupport: 'auto',
};
