// The fonts of the pages come with the style sheet or not at all: text that changes its font once it is read breaks its lines elsewhere, and
// everything below it moves. Who has them in the cache, or gets them in time, sees them; others see the fonts of their system.
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { changeFiles } from './files.mjs';

const FONT_FACE = /@font-face\s*\{[^}]*\}/g;
const STYLE_SHEET = /<link\b[^>]*\brel="stylesheet"[^>]*\bhref="([^"]+)"[^>]*>/g;

/** Whether a face has the letters of English: `U+??` is how a style sheet that was made small writes U+0000-00FF. */
const isLatin = (face) => /unicode-range:\s*U\+(\?\?|0000-00FF)/i.test(face) || /-latin-\d+-normal/.test(face);

/**
 * The style sheet with faces that never take the place of another font once text is drawn.
 * @param {string} css
 */
export const withSteadyFaces = (css) =>
  css.replace(FONT_FACE, (face) => face.replace(/font-display:\s*swap/, 'font-display:optional'));

/**
 * The addresses of the fonts for English text in a style sheet, as a page refers to them.
 * @param {string} css
 * @param {string} address the style sheet's
 */
export function latinFonts(css, address) {
  const found = (css.match(FONT_FACE) ?? []).filter((face) => face.includes('font-display:optional') && isLatin(face));
  return found.flatMap((face) => {
    const url = /url\("?([^")]+\.woff2)"?\)/.exec(face)?.[1];
    return url === undefined ? [] : [posix.join(posix.dirname(address), url)];
  });
}

/**
 * The page with its fonts asked for together with its style sheets.
 * @param {string} html
 * @param {(address: string) => string} cssAt
 */
export function withFontsEarly(html, cssAt) {
  const sheets = [...html.matchAll(STYLE_SHEET)];
  const fonts = new Set(sheets.flatMap(([, address = '']) => latinFonts(cssAt(address), address)));
  const [first] = sheets;
  if (first === undefined || fonts.size === 0) return html;
  const links = [...fonts].map(
    (href) => `<link rel="preload" as="font" type="font/woff2" crossorigin="" href="${href}"/>`,
  );
  return html.slice(0, first.index) + links.join('') + html.slice(first.index);
}

/**
 * Does so in an export that has a base path.
 * @param {string} to
 * @param {string} basePath
 */
export function steadyFonts(to, basePath) {
  changeFiles(to, '.css', withSteadyFaces);
  const cssAt = (address) => readFileSync(join(to, address.slice(basePath.length)), 'utf8');
  if (changeFiles(to, '.html', (html) => withFontsEarly(html, cssAt)) === 0)
    throw new Error('no page has a style sheet with fonts');
}
