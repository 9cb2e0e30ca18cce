import { expect, test } from 'vitest';
import { sectionsOf } from './docs-search.mjs';

const PAGE = `<html><body><nav>Menu</nav><main><article><h1 class="x">Effects &amp; the gate</h1><nav>On this page</nav>
<p>Three effects.</p><h2 id="deny" class="y"><code>deny</code> <a href="#deny" aria-label="Link to “deny”">#</a></h2>
<p>It &lt;stops&gt; the&#x27;call&#39;.</p><script>var x</script><p>Always.</p><h2>No anchor</h2><h3 id="gate">A gate</h3><p>Falls through.</p>
</article></main></body></html>`;

test('a page is cut at its anchors, and holds what a reader sees', () => {
  expect(sectionsOf(PAGE, 'effects')).toEqual([
    {
      title: 'Effects & the gate',
      heading: '',
      address: 'effects/',
      text: 'Effects & the gate Three effects.',
      excerpt: 'Effects & the gate Three effects.',
    },
    {
      title: 'Effects & the gate',
      heading: 'deny',
      address: 'effects/#deny',
      text: "It <stops> the'call'. Always. No anchor",
      excerpt: "It <stops> the'call'. Always. No anchor",
    },
    {
      title: 'Effects & the gate',
      heading: 'A gate',
      address: 'effects/#gate',
      text: 'Falls through.',
      excerpt: 'Falls through.',
    },
  ]);
});

test('a page without a heading ends the build', () => {
  expect(() => sectionsOf('<main><p>x</p></main>', 'x')).toThrow('`docs/x/` has no heading');
  expect(() => sectionsOf('<p>x</p>', 'x')).toThrow('no `<main>`');
});
