/** A run of words; `code` is the user's own text or a fact, set apart. */
export type Words = readonly { readonly text: string; readonly code?: true }[];

export const say = (text: string): Words[number] => ({ text });
export const code = (text: string): Words[number] => ({ text, code: true });

/** Text with `backticks` as words with code in them. */
export function marked(text: string): Words {
  return text
    .split('`')
    .map((part, i): Words[number] => (i % 2 === 0 ? say(part) : code(part)))
    .filter((part) => part.text !== '');
}

export const plainText = (words: Words): string => words.map((word) => word.text).join('');

/** For where nothing but text can be shown: the user's own text stands between backticks. */
export const tickedText = (words: Words): string =>
  words.map((word) => (word.code ? `\`${word.text}\`` : word.text)).join('');

/** `a`, `b` or `c`. */
export function listed(values: readonly string[], joiner = 'or'): Words {
  return values.flatMap((value, i) => {
    if (i === 0) return [code(value)];
    return [say(i === values.length - 1 ? ` ${joiner} ` : ', '), code(value)];
  });
}

/** Several runs of words, one after the other. */
export const joinedWords = (runs: readonly Words[], between: string): Words =>
  runs.flatMap((run, i) => (i === 0 ? run : [say(between), ...run]));

/** A whole sentence: with its full stop, unless it ends as a question. */
export const sentence = (words: Words): Words =>
  /[?!.…]$/.test(words.at(-1)?.text ?? '') && words.at(-1)?.code !== true ? words : [...words, say('.')];

export const orElse = (words: Words, text: string): Words => (words.length > 0 ? words : [say(text)]);
