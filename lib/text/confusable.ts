/** Letters of other scripts that look like one of the Latin alphabet. */

/** A letter that can be taken for another, in UTF-16 offsets. */
export interface ConfusableLetter {
  readonly start: number;
  readonly end: number;
  readonly letter: string;
  /** `U+0430`. */
  readonly codePoint: string;
  readonly script: 'Cyrillic' | 'Greek' | 'full-width' | 'Armenian';
  /** The ASCII character that it looks like. */
  readonly looksLike: string;
}

/**
 * The usual ones, chosen by hand on 2026-11-29 from the list of Unicode Technical Standard 39 (confusables.txt, version 17), whose thousands
 * of entries would be too many to ship. Each letter is followed by the one it looks like.
 */
const PAIRS = {
  Cyrillic: 'аaвbсcԁdеeһhіiјjкkӏlмmоoрpԛqѕsтtѵvԝwхxуyАAВBСCЕEНHІIЈJКKМMОOРPԚQЅSТTѴVԜWХXУYӀIьb',
  Greek: 'αaιiκkνvοoρpτtυuχxγyΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX',
  Armenian: 'հhոnսuօoցgԼLՕOՍUՏS',
} as const;

const LOOKALIKES = new Map<string, { readonly script: ConfusableLetter['script']; readonly looksLike: string }>(
  Object.entries(PAIRS).flatMap(([script, pairs]) => {
    const chars = [...pairs];
    return chars.flatMap((letter, i) =>
      i % 2 === 0 ? [[letter, { script: script as keyof typeof PAIRS, looksLike: chars[i + 1] ?? '' }] as const] : [],
    );
  }),
);

/** U+FF01 to U+FF5E are ASCII once more, as wide as an ideograph. */
function lookalikeOf(char: string): { script: ConfusableLetter['script']; looksLike: string } | undefined {
  const code = char.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e)
    return { script: 'full-width', looksLike: String.fromCharCode(code - 0xff01 + 0x21) };
  return LOOKALIKES.get(char);
}

const WORD = /[\p{L}\p{M}\p{N}\uff01-\uff5e]+/gu;

/**
 * The letters of a text that can be taken for ASCII ones: in words that have Latin letters as well, and in words of which every letter
 * looks Latin. A word of another script, such as `почта`, has letters that look like none, and is left alone.
 */
export function confusableIn(text: string): readonly ConfusableLetter[] {
  if (/^[\0-\x7f]*$/.test(text)) return [];
  const found: ConfusableLetter[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const chars = [...word];
    const isMixed = /[A-Za-z]/.test(word);
    const isWhollyAlike = chars.every((char) => /[0-9]/.test(char) || lookalikeOf(char) !== undefined);
    let start = index;
    for (const char of chars) {
      const end = start + char.length;
      const alike = lookalikeOf(char);
      if (alike !== undefined && (isMixed || isWhollyAlike || alike.script === 'full-width'))
        found.push({
          start,
          end,
          letter: char,
          codePoint: `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
          ...alike,
        });
      start = end;
    }
  }
  return found;
}

/** The text as it is likely to be read: each of these letters replaced by the ASCII one. */
export function readsAs(text: string): string {
  let read = '';
  let at = 0;
  for (const { start, end, looksLike } of confusableIn(text)) {
    read += text.slice(at, start) + looksLike;
    at = end;
  }
  return read + text.slice(at);
}
