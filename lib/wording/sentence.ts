/** A run of words; `code` is the user's own text or a fact, set apart. */
export type Sentence = readonly { readonly text: string; readonly code?: true }[];

export const say = (text: string): Sentence[number] => ({ text });
export const code = (text: string): Sentence[number] => ({ text, code: true });

/** Text with `backticks` as words with code in them. */
export function marked(text: string): Sentence {
  return text
    .split('`')
    .map((part, i): Sentence[number] => (i % 2 === 0 ? say(part) : code(part)))
    .filter((part) => part.text !== '');
}

/** With its first letter in upper case. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const plainText = (words: Sentence): string => words.map((word) => word.text).join('');

/** For where nothing but text can be shown: the user's own text is between backticks. */
export const tickedText = (words: Sentence): string =>
  words.map((word) => (word.code ? `\`${word.text}\`` : word.text)).join('');

/** `a`, `b` or `c`. */
export function listed(values: readonly string[], joiner = 'or'): Sentence {
  return values.flatMap((value, i) => {
    if (i === 0) return [code(value)];
    return [say(i === values.length - 1 ? ` ${joiner} ` : ', '), code(value)];
  });
}

/** Several runs of words, one after the other. */
export const joinedWords = (runs: readonly Sentence[], between: string): Sentence =>
  runs.flatMap((run, i) => (i === 0 ? run : [say(between), ...run]));

/** A whole sentence: with its full stop, unless it ends as a question. */
export const sentence = (words: Sentence): Sentence =>
  /[?!.…]$/.test(words.at(-1)?.text ?? '') && words.at(-1)?.code !== true ? words : [...words, say('.')];

export const orElse = (words: Sentence, text: string): Sentence => (words.length > 0 ? words : [say(text)]);
