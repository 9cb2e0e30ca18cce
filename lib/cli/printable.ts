/**
 * What a terminal may be given. Names, arguments and messages come from files and servers, and a terminal obeys what is in them: escape
 * sequences (ECMA-48: C0 with ESC, DEL, C1) and the marks that turn the order of letters (Unicode Standard Annex 9).
 */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const IN_LINE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text from outside on one line: a line break in it is replaced as well, so that it cannot pass for a line of ours. */
export function plain(text: string): string {
  return text.replace(IN_LINE, '\ufffd');
}

/** A text of several lines, with line breaks and tabs as they are. */
export function printable(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(CONTROLS, '\ufffd');
}

/** The same JSON with control characters written as escapes, so that its value is unchanged. */
export function printableJson(text: string): string {
  return text.replace(CONTROLS, (here) => `\\u${here.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
