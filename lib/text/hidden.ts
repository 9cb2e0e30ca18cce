/**
 * Characters that are drawn as nothing, or that change the order or the place of the text around them: "Trojan Source"
 * (https://trojansource.codes), Unicode Technical Report 36, Unicode Standard Annex 9.
 */

/** A hidden character of a text, in UTF-16 offsets. */
export interface HiddenCharacter {
  readonly start: number;
  readonly end: number;
  /** `U+202E`. */
  readonly codePoint: string;
  /** In small letters: `right-to-left override`. */
  readonly name: string;
  /** Whether it changes the order in which the text around it is drawn. */
  readonly reorders: boolean;
}

export interface HiddenOptions {
  /** Also spaces other than the usual one: where two texts that look alike must be equal, as in selectors and tool patterns. */
  readonly spaces?: boolean;
}

/**
 * Default_Ignorable_Code_Point covers the marks and overrides of writing direction, zero-width characters, fillers, variation selectors
 * and tags; beside it the controls (other than tab and line breaks), the line and paragraph separators and the annotation marks.
 */
const HIDDEN = String.raw`[\p{Default_Ignorable_Code_Point}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufff9-\ufffb]`;
const SPACES = String.raw`[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]`;
/** Emoji keep the joiners and selectors that are part of their picture. */
const PICTURE = String.raw`\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?`;
const EMOJI = `${PICTURE}(?:\\u200d${PICTURE})*|[0-9#*]\\ufe0f\\u20e3`;

const SEARCH = new RegExp(`(?:${EMOJI})|(${HIDDEN})`, 'gu');
const SEARCH_WITH_SPACES = new RegExp(`(?:${EMOJI})|(${HIDDEN}|${SPACES})`, 'gu');
/** A quick test that most texts pass: no character of these ranges is hidden. */
const ORDINARY = /^[\t\n\r\x20-\x7e\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e\u2190-\u22ff]*$/;

const REORDERS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** The hidden characters of a text, from its start. */
export function hiddenIn(text: string, { spaces = false }: HiddenOptions = {}): readonly HiddenCharacter[] {
  if (ORDINARY.test(text)) return [];
  const found: HiddenCharacter[] = [];
  for (const match of text.matchAll(spaces ? SEARCH_WITH_SPACES : SEARCH)) {
    const [, char] = match;
    if (char === undefined) continue;
    const code = char.codePointAt(0) ?? 0;
    found.push({
      start: match.index,
      end: match.index + char.length,
      codePoint: codePointOf(code),
      name: nameOf(code),
      reorders: REORDERS.test(char),
    });
  }
  return found;
}

/** A text in which each hidden character is replaced by what `draw` makes of it. */
export function replaceHidden(
  text: string,
  draw: (hidden: HiddenCharacter) => string,
  options: HiddenOptions = {},
): string {
  const hidden = hiddenIn(text, options);
  if (hidden.length === 0) return text;
  let shown = '';
  let at = 0;
  for (const one of hidden) {
    shown += text.slice(at, one.start) + draw(one);
    at = one.end;
  }
  return shown + text.slice(at);
}

/** A text whose hidden characters are written out: `⟨U+202E⟩`. For copies, printing, the terminal and attributes of a page. */
export const markHidden = (text: string, options: HiddenOptions = {}): string =>
  replaceHidden(text, ({ codePoint }) => `⟨${codePoint}⟩`, options);

/** JSON in which hidden characters are written as escapes, so that its value is unchanged. */
export const escapeHidden = (json: string): string =>
  replaceHidden(json, ({ start, end }) =>
    Array.from(
      { length: end - start },
      (_, i) =>
        `\\u${json
          .charCodeAt(start + i)
          .toString(16)
          .padStart(4, '0')}`,
    ).join(''),
  );

/** A text without its hidden characters; an unusual space becomes the usual one. */
export const withoutHidden = (text: string): string =>
  replaceHidden(text, ({ name }) => (isSpace(name) ? ' ' : ''), { spaces: true });

/** Whether a hidden character of this name takes room as a space does. */
export const isSpace = (name: string): boolean =>
  name.endsWith('space') && !name.startsWith('zero') && name !== 'backspace';

export const codePointOf = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;

/** Names of the Unicode Character Database (and the aliases of the controls), in small letters. */
const NAMES: Readonly<Record<number, string>> = {
  0x00: 'null',
  0x07: 'alert',
  0x08: 'backspace',
  0x0b: 'line tabulation',
  0x0c: 'form feed',
  0x1b: 'escape',
  0x7f: 'delete',
  0x85: 'next line',
  0x9b: 'control sequence introducer',
  0xa0: 'no-break space',
  0xad: 'soft hyphen',
  0x034f: 'combining grapheme joiner',
  0x061c: 'arabic letter mark',
  0x115f: 'hangul choseong filler',
  0x1160: 'hangul jungseong filler',
  0x1680: 'ogham space',
  0x180e: 'mongolian vowel separator',
  0x2000: 'en quad space',
  0x2001: 'em quad space',
  0x2002: 'en space',
  0x2003: 'em space',
  0x2004: 'three-per-em space',
  0x2005: 'four-per-em space',
  0x2006: 'six-per-em space',
  0x2007: 'figure space',
  0x2008: 'punctuation space',
  0x2009: 'thin space',
  0x200a: 'hair space',
  0x200b: 'zero width space',
  0x200c: 'zero width non-joiner',
  0x200d: 'zero width joiner',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x2028: 'line separator',
  0x2029: 'paragraph separator',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'pop directional formatting',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x202f: 'narrow no-break space',
  0x205f: 'medium mathematical space',
  0x2060: 'word joiner',
  0x2061: 'function application',
  0x2062: 'invisible times',
  0x2063: 'invisible separator',
  0x2064: 'invisible plus',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'first strong isolate',
  0x2069: 'pop directional isolate',
  0x2800: 'braille blank space',
  0x3000: 'ideographic space',
  0x3164: 'hangul filler',
  0xfeff: 'zero width no-break character (byte order mark)',
  0xffa0: 'halfwidth hangul filler',
};

function nameOf(code: number): string {
  const name = NAMES[code];
  if (name !== undefined) return name;
  if (code < 0xa0) return 'control character';
  if (code >= 0xfe00 && code <= 0xfe0f) return `variation selector-${String(code - 0xfe00 + 1)}`;
  if (code >= 0xe0100 && code <= 0xe01ef) return `variation selector-${String(code - 0xe0100 + 17)}`;
  if (code >= 0xe0020 && code <= 0xe007e) return `tag character for "${String.fromCharCode(code - 0xe0000)}"`;
  if (code >= 0xe0000 && code <= 0xe007f) return 'tag character';
  return 'invisible character';
}
