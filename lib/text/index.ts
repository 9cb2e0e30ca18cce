/** Texts that deceive the eye, and markup around them. This file is the folder's only public entry. */
export { codePointOf, escapeHidden, hiddenIn, isSpace, markHidden, withoutHidden } from './hidden';
export type { HiddenCharacter, HiddenOptions } from './hidden';
export { confusableIn, readsAs, type ConfusableLetter } from './confusable';
export { isMarkdownRuler, markdownCells, readMarkup, withoutInvisible, type CellText } from './markup';
export { wellFormed } from './well-formed';
