import { expect, test } from 'vitest';
import { withScriptsOnUse } from './scripts-on-use.mjs';

const HEAD =
  '<head><link rel="stylesheet" href="/a.css"/><link rel="preload" as="script" fetchPriority="low" href="/b.js"/><script src="/a.js" async=""></script><script>theme()</script><script src="/old.js" noModule=""></script></head>';
const page = (main: string) =>
  `<html>${HEAD}<body><main>${main}</main><script src="/b.js" async=""></script><script>payload()</script></body></html>`;

test('the files of scripts wait for the first use of a page, in their places; what is inline stays', () => {
  const html = withScriptsOnUse(page('<p>Text.</p>'));
  expect(html).not.toMatch(/<script\b[^>]* src="\/[ab]\.js"/);
  expect(html.match(/<script data-src="[^"]+"><\/script>/g)).toEqual([
    '<script data-src="/a.js"></script>',
    '<script data-src="/b.js"></script>',
  ]);
  expect(html).toContain('<script>theme()</script><script src="/old.js" noModule=""></script>');
  expect(html).toContain('<link rel="stylesheet" href="/a.css"/><script');
  expect(html).toMatch(/<script>payload\(\)<\/script><script>\(function .*\)\(\)<\/script><\/body><\/html>$/s);
});

test('a page that shows what is stored starts at once', () => {
  const html = page('<div data-needs-scripts="">0 of 8 solved</div>');
  expect(withScriptsOnUse(html)).toBe(html);
  // Only as an attribute of its content.
  expect(withScriptsOnUse(page('<p>About data-needs-scripts.</p>'))).toContain('data-src');
});

test('a page of another form fails the build', () => {
  expect(() => withScriptsOnUse('<html><body><main></main></body></html>')).toThrow('no scripts');
  expect(() => withScriptsOnUse('<script src="/a.js"></script>')).toThrow('no end');
});
