/** What can be read from the text of a Markdown or MDX document without compiling it. */

export interface DocumentHeading {
  readonly level: number;
  readonly title: string;
  readonly id: string;
}

/** The anchor of a heading, as GitHub makes it: small letters, hyphens for spaces, no punctuation. */
export const anchorOf = (title: string): string =>
  title
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

const FENCE = /^```.*\n[\s\S]*?^```$/gm;

/** The headings of a document, without those in its examples. */
export const headingsOf = (source: string): readonly DocumentHeading[] =>
  [...source.replace(FENCE, '').matchAll(/^(#{1,4}) (.+)$/gm)].map(([, marks = '', text = '']) => {
    const title = text.replace(/[`*_]/g, '');
    return { level: marks.length, title, id: anchorOf(title) };
  });

/** The targets of a document's links and images, as they are written. */
export const linksOf = (source: string): readonly string[] =>
  [...source.replace(FENCE, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

/** The texts of the fenced blocks of one language. */
export const fencesOf = (source: string, language: string): readonly string[] =>
  [...source.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].flatMap(([, kind, text = '']) =>
    kind === language ? [text] : [],
  );
