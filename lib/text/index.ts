/** Texts that deceive the eye. This file is the folder's only public entry. */
export { codePointOf, escapeHidden, hiddenIn, isSpace, markHidden, withoutHidden } from './hidden';
export type { HiddenCharacter, HiddenOptions } from './hidden';
export { confusableIn, readsAs, type ConfusableLetter } from './confusable';
export { wellFormed } from './well-formed';
