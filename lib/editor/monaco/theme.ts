/** Monaco's colours from the page's own: the variables of `app/globals.css`, light and dark. */
import { editor } from 'monaco-editor/editor';

const THEME = 'condition';

/** The page's colour behind each of Monaco's. */
const COLOURS = {
  'editor.background': 'paper',
  'editor.foreground': 'ink',
  'editor.selectionBackground': 'accent-soft',
  'editor.inactiveSelectionBackground': 'sunken',
  'editor.wordHighlightBackground': 'sunken',
  'editor.wordHighlightStrongBackground': 'sunken',
  'editor.hoverHighlightBackground': 'sunken',
  'editorCursor.foreground': 'ink',
  'editorError.foreground': 'deny',
  'editorWarning.foreground': 'gated',
  'editorInfo.foreground': 'accent',
  'editorBracketMatch.background': 'accent-soft',
  'editorBracketMatch.border': 'line-strong',
  'editorLightBulb.foreground': 'gated',
  'editorLightBulbAutoFix.foreground': 'accent',
  'editorWidget.background': 'paper',
  'editorWidget.foreground': 'ink',
  'editorWidget.border': 'line',
  'editorHoverWidget.background': 'paper',
  'editorHoverWidget.foreground': 'ink',
  'editorHoverWidget.border': 'line',
  'editorHoverWidget.highlightForeground': 'accent',
  'editorHoverWidget.statusBarBackground': 'sunken',
  'editorSuggestWidget.background': 'paper',
  'editorSuggestWidget.foreground': 'ink',
  'editorSuggestWidget.border': 'line',
  'editorSuggestWidget.selectedBackground': 'accent-soft',
  'editorSuggestWidget.selectedForeground': 'ink',
  'editorSuggestWidget.selectedIconForeground': 'ink',
  'editorSuggestWidget.highlightForeground': 'accent',
  'editorSuggestWidget.focusHighlightForeground': 'accent',
  'editorMarkerNavigation.background': 'paper',
  'editorMarkerNavigationError.background': 'deny',
  'editorMarkerNavigationWarning.background': 'gated',
  'editorMarkerNavigationInfo.background': 'accent',
  'list.hoverBackground': 'sunken',
  'list.focusBackground': 'accent-soft',
  'list.focusForeground': 'ink',
  'list.activeSelectionBackground': 'accent-soft',
  'list.activeSelectionForeground': 'ink',
  'menu.background': 'paper',
  'menu.foreground': 'ink',
  'menu.selectionBackground': 'accent-soft',
  'menu.selectionForeground': 'ink',
  'menu.border': 'line',
  'textLink.foreground': 'accent',
  'textLink.activeForeground': 'accent',
  'textCodeBlock.background': 'sunken',
  'textPreformat.foreground': 'ink',
  'textPreformat.background': 'sunken',
  'symbolIcon.variableForeground': 'syntax-name',
  'symbolIcon.fieldForeground': 'syntax-name',
  'symbolIcon.functionForeground': 'syntax-keyword',
  'symbolIcon.methodForeground': 'syntax-keyword',
  'symbolIcon.keywordForeground': 'syntax-keyword',
  'symbolIcon.snippetForeground': 'syntax-keyword',
  'symbolIcon.operatorForeground': 'ink-2',
  'symbolIcon.enumeratorMemberForeground': 'syntax-string',
  focusBorder: 'accent',
  descriptionForeground: 'ink-2',
  'icon.foreground': 'ink-2',
} satisfies Record<string, string>;

/** The page's colour behind each kind of token; kinds that are not here look like text. */
const TOKENS = {
  variable: 'syntax-name',
  iteration: 'syntax-number',
  macro: 'syntax-keyword',
  keyword: 'syntax-keyword',
  string: 'syntax-string',
  bytes: 'syntax-string',
  number: 'syntax-number',
  comment: 'ink-3',
  reserved: 'deny',
  error: 'deny',
} satisfies Record<string, string>;

let watching: MutationObserver | undefined;

/** Gives Monaco the page's colours, now and whenever the page changes its theme. */
export function followTheme(): void {
  define();
  if (watching) return;
  watching = new MutationObserver(define);
  watching.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
}

/** Monaco takes colours as #rrggbb only; #rgb, as a minifier writes it, is made so, and of any other Monaco keeps its own. */
function sixDigits(colour: string): string | undefined {
  if (/^#[0-9a-f]{3}$/i.test(colour)) return colour.replace(/[0-9a-f]/gi, '$&$&');
  return /^#[0-9a-f]{6}$/i.test(colour) ? colour : undefined;
}

function define(): void {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string | undefined => sixDigits(style.getPropertyValue(`--${name}`).trim());
  const isDark = document.documentElement.dataset['theme'] === 'dark';
  editor.defineTheme(THEME, {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: false,
    colors: Object.fromEntries(
      Object.entries(COLOURS).flatMap(([key, name]) => {
        const value = colour(name);
        return value === undefined ? [] : [[key, value]];
      }),
    ),
    rules: [
      { token: '', foreground: colour('ink') ?? '' },
      ...Object.entries(TOKENS).flatMap(([token, name]) => {
        const value = colour(name);
        return value === undefined ? [] : [{ token, foreground: value }];
      }),
    ],
  });
  editor.setTheme(THEME);
}
