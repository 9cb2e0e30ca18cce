import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { GALLERY } from '@/lib/findings';
import { FindingGallery } from './finding-gallery';

it('shows each faulty policy with a link that opens it, and its findings behind a button', async () => {
  const html = renderToStaticMarkup(await FindingGallery());
  expect(html.match(/<section /g)).toHaveLength(GALLERY.length);
  expect(html.match(/href="\/#1\.[^"]+"/g)).toHaveLength(GALLERY.length);
  // What is wrong is not read before it is asked for.
  expect(html.match(/<details/g)).toHaveLength(GALLERY.length);
  expect(html).not.toMatch(/<details[^>]* open/);
  const expected = GALLERY.flatMap((one) => one.expected).length;
  expect(html.match(/docs\/findings\/#/g)).toHaveLength(expected);
});
