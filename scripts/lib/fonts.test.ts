import { expect, test } from 'vitest';
import { latinFonts, withFontsEarly, withSteadyFaces } from './fonts.mjs';

const face = (url: string, range: string, display = 'swap') =>
  `@font-face{font-family:Plex;font-display:${display};src:url(../media/${url})format("woff2")${range === '' ? '' : `;unicode-range:${range}`}}`;
const CSS =
  face('sans-greek.woff2', 'U+370-377') +
  face('sans.woff2', 'U+??,U+131') +
  face('plex-mono-latin-400-normal.3x.woff2', '') +
  face('codicon.woff2', 'U+??', 'block') +
  'a{color:red}';
const PAGE = '<html><head><meta charset="utf-8"/><link rel="stylesheet" href="/base/css/a.css"/></head></html>';

test('a font that comes late does not take the place of another; what else is in a style sheet stays', () => {
  const css = withSteadyFaces(`${CSS}.note::after{content:"font-display:swap"}`);
  expect(css.match(/font-display:optional/g)).toHaveLength(3);
  expect(css).toContain('font-display:block');
  expect(css).toContain('content:"font-display:swap"');
});

test('a page asks for the fonts of English text before its style sheet', () => {
  const steady = withSteadyFaces(CSS);
  expect(latinFonts(steady, '/base/css/a.css')).toEqual([
    '/base/media/sans.woff2',
    '/base/media/plex-mono-latin-400-normal.3x.woff2',
  ]);
  const html = withFontsEarly(PAGE, (address) => (address === '/base/css/a.css' ? steady : ''));
  expect(html).toMatch(
    /<meta charset="utf-8"\/>(<link rel="preload" as="font" type="font\/woff2" crossorigin="" href="\/base\/media\/[^"]+"\/>){2}<link rel="stylesheet"/,
  );
});

test('a page without style sheets, or with none that has fonts, stays as it is', () => {
  expect(withFontsEarly('<p>Text</p>', () => CSS)).toBe('<p>Text</p>');
  expect(withFontsEarly(PAGE, () => 'a{}')).toBe(PAGE);
});
