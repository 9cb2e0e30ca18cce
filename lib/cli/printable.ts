import { escapeHidden, markHidden } from '../text';

/*
 * What a terminal may be given. Names, arguments and messages come from files and servers, and a terminal obeys what is in them: escape
 * sequences (ECMA-48: C0 with ESC, DEL, C1) and the marks that turn the order of letters (Unicode Standard Annex 9). `lib/text` lists them.
 */

/** Text from outside on one line: a line break in it is replaced as well, so that it cannot pass for a line of ours. */
export function plain(text: string): string {
  return markHidden(text).replace(/[\t\r\n]/g, '\ufffd');
}

/** A text of several lines, with line breaks and tabs as they are. */
export function printable(text: string): string {
  return markHidden(text.replace(/\r\n/g, '\n')).replaceAll('\r', '\ufffd');
}

/** The same JSON with hidden characters written as escapes, so that its value is unchanged. */
export function printableJson(text: string): string {
  return escapeHidden(text).replaceAll('\r', '\\r');
}
