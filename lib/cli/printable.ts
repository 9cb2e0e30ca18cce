import { codePointOf, escapeHidden, markHidden } from '../text';

/*
 * What a terminal may be given. Names, arguments and messages come from files and servers, and a terminal obeys what is in them: escape
 * sequences (ECMA-48: C0 with ESC, DEL, C1) and the marks that turn the order of letters (Unicode Standard Annex 9). `lib/text` lists them.
 */

/** Text from outside, in a line: line breaks and tabs in it are written out as well (`⟨U+000A⟩`). */
export function plain(text: string): string {
  return markHidden(text).replace(/[\t\r\n]/g, (char) => `⟨${codePointOf(char.charCodeAt(0))}⟩`);
}

/** Lines as they are printed, each with its end. What breaks a line within one is written out; tabs, which mark columns, stay. */
export function printableLines(lines: readonly string[]): string {
  return lines.map((line) => `${line.split('\t').map(plain).join('\t')}\n`).join('');
}

/** The same JSON with hidden characters written as escapes, so that its value is unchanged. */
export function printableJson(text: string): string {
  return escapeHidden(text).replaceAll('\r', '\\r');
}
