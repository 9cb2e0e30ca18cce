/** A run of words; `code` is the user's own text or a fact, set apart. */
export type Words = readonly { readonly text: string; readonly code?: true }[];

/** Text with `backticks` as words with code in them. */
export function marked(text: string): Words {
  return text
    .split('`')
    .map((part, i): Words[number] => (i % 2 === 0 ? { text: part } : { text: part, code: true }))
    .filter((part) => part.text !== '');
}
