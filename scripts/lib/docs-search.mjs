// The index of the documentation's search, made from the pages as they were exported: so it knows all that a reader can see.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LONGEST_EXCERPT = 160;
/** What an index is read with: it is written beside it, so that both sides have the same. */
const options = { fields: ['title', 'heading', 'text'], storeFields: ['title', 'heading', 'address', 'excerpt'] };

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** @param {string} html */
const textOf = (html) =>
  html
    .replace(/<(script|style|svg|nav)\b[\s\S]*?<\/\1>/g, ' ')
    .replace(/<\/(?:p|li|dt|dd|h\d|td|th|div|pre)>|<br\/?>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (entity, hex, decimal, name) => {
      if (name !== undefined) return ENTITIES[name] ?? entity;
      return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
    })
    .replace(/\s+/g, ' ')
    .trim();

/**
 * The parts of an exported page: what precedes its first heading with an anchor, then each heading with what follows it.
 * @param {string} html
 * @param {string} segment of the page's address
 */
export function sectionsOf(html, segment) {
  const main = /<main\b[^>]*>([\s\S]*?)<\/main>/.exec(html)?.[1];
  if (main === undefined) throw new Error(`the page \`docs/${segment}/\` has no \`<main>\``);
  const title = textOf(/<h1\b[^>]*>([\s\S]*?)<\/h1>/.exec(main)?.[1] ?? '');
  if (title === '') throw new Error(`the page \`docs/${segment}/\` has no heading`);
  const headings = [...main.matchAll(/<h[2-4]\b[^>]*\bid="([^"]+)"[^>]*>([\s\S]*?)<\/h[2-4]>/g)];
  const ends = [...headings.map(({ index }) => index), main.length];
  const sections = headings.map(([whole, id, inner], i) => ({
    // The link to the heading, beside it, is not its text.
    heading: textOf(inner.replace(/<a\b[^>]*aria-label="Link to[\s\S]*?<\/a>/, '')),
    address: `${segment}/#${id}`,
    text: textOf(main.slice((headings[i]?.index ?? 0) + whole.length, ends[i + 1])),
  }));
  const first = { heading: '', address: `${segment}/`, text: textOf(main.slice(0, ends[0])) };
  return [first, ...sections].map((section) => ({
    ...section,
    title,
    excerpt: section.text.slice(0, LONGEST_EXCERPT),
  }));
}

/**
 * Writes `docs/search.json` into an export.
 * @param {string} to
 */
export async function addDocsSearch(to) {
  const { default: MiniSearch } = await import('minisearch');
  const search = new MiniSearch(options);
  const docs = join(to, 'docs');
  let id = 0;
  for (const entry of readdirSync(docs, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const html = readFileSync(join(docs, entry.name, 'index.html'), 'utf8');
    for (const section of sectionsOf(html, entry.name)) search.add({ id: id++, ...section });
  }
  writeFileSync(join(docs, 'search.json'), JSON.stringify({ options, index: search.toJSON() }));
}
