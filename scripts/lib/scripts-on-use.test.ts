import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { withFirstScreen, withScriptsOnUse } from './scripts-on-use.mjs';

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

const SCREEN =
  '<p id="drawn">Drawn.</p><a id="skip" href="#there">Skip</a><a id="away" href="/docs/">Docs</a><label id="label">Any <input id="field"/></label>';
const PLACE = '<div id="first-screen"></div>';
const drawnPage = () => withFirstScreen(page(`${PLACE}`), { screen: SCREEN, visited: 'v', database: 'd' });

test('a page with a first screen shows it, and keeps its scripts', () => {
  const html = drawnPage();
  expect(html).toContain(`<div id="first-screen">${SCREEN}</div>`);
  expect(html).not.toMatch(/<script\b[^>]* src="\/[ab]\.js"/);
  expect(html).toMatch(/<script>\(function [\s\S]*\)\("v","d",function [\s\S]*\)<\/script><\/head>/);
  expect(() => withFirstScreen(page(''), { screen: '', visited: 'v', database: 'd' })).toThrow('not one place');
  expect(() => withFirstScreen(page(PLACE + PLACE), { screen: '', visited: 'v', database: 'd' })).toThrow(
    'not one place',
  );
});

/** The page as a browser begins it. */
async function opened({ url = 'http://localhost/', visited = false, databases = [] as string[] | Error } = {}) {
  const { window } = new JSDOM(drawnPage(), {
    url,
    runScripts: 'dangerously',
    beforeParse: (begun) => {
      Object.assign(begun, { theme: () => undefined, payload: () => undefined });
      if (visited) begun.localStorage.setItem('v', '1');
      const list = async () => (databases instanceof Error ? [] : databases.map((name) => ({ name })));
      Object.defineProperty(begun, 'indexedDB', {
        get: () => {
          if (databases instanceof Error) throw databases;
          return { databases: list };
        },
      });
    },
  });
  const { document } = window;
  await new Promise((done) => window.addEventListener('load', done));
  return {
    window,
    document,
    state: () => document.documentElement.dataset['start'],
    uses: () => window.firstUses ?? [],
  };
}
const loaded = (document: Document) =>
  [...document.querySelectorAll('script[src$="a.js"], script[src$="b.js"]')].length;

test('a first visitor sees it until they use it; what they do is kept', async () => {
  const { window, document, state, uses } = await opened();
  expect(state()).toBe('waits');
  expect(loaded(document)).toBe(0);
  const drawn = document.getElementById('drawn')!;
  drawn.dispatchEvent(
    new window.KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true, cancelable: true }),
  );
  expect(state()).toBe('loads');
  expect(loaded(document)).toBe(2);
  drawn.click();
  drawn.click();
  drawn.dispatchEvent(new window.KeyboardEvent('keydown', { key: 'Shift', bubbles: true }));
  expect(uses().map(({ kind, on }) => [kind, on.id])).toEqual([
    ['key', 'drawn'],
    ['press', 'drawn'],
  ]);
});

test('a link within the drawn page is pressed again, others lead away, and fields are not pressed', async () => {
  const { window, document, uses } = await opened();
  const press = (id: string) => {
    const event = new window.MouseEvent('click', { bubbles: true, cancelable: true });
    document.addEventListener(
      'click',
      (heard) => heard.target instanceof window.HTMLAnchorElement && heard.preventDefault(),
      { once: true },
    );
    document.getElementById(id)!.dispatchEvent(event);
  };
  for (const id of ['skip', 'away', 'label', 'field']) press(id);
  expect(uses().map(({ on }) => on.id)).toEqual(['skip']);
});

test('scripts that do not load are said to be missing, and not once the page is started', async () => {
  const { window, document, state } = await opened();
  document.body.dispatchEvent(new window.KeyboardEvent('keydown', { key: 'a', bubbles: true }));
  const fail = () => document.querySelector('script[src$="a.js"]')!.dispatchEvent(new window.Event('error'));
  fail();
  expect(state()).toBe('failed');
  delete document.documentElement.dataset['start'];
  delete window.firstUses;
  fail();
  expect(state()).toBeUndefined();
});

test('who was here before, or follows a link, does not see it', async () => {
  for (const { state, document } of [
    await opened({ visited: true }),
    await opened({ url: 'http://localhost/#1.abc' }),
  ]) {
    expect(state()).toBe('opens');
    expect(loaded(document)).toBe(2);
  }
});

test('who was here before the drawn screen was, is known by their database; where that is refused, the page waits', async () => {
  expect((await opened({ databases: ['d'] })).state()).toBe('opens');
  expect((await opened({ databases: ['other'] })).state()).toBe('waits');
  expect((await opened({ databases: new Error('The operation is insecure.') })).state()).toBe('waits');
});

test('keys for the browser are left to it', async () => {
  const { window, document, uses } = await opened();
  const press = (init: KeyboardEventInit) =>
    document.body.dispatchEvent(new window.KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }));
  for (const init of [{ key: 'Tab' }, { key: 'r', ctrlKey: true }, { key: 'd', altKey: true }])
    expect(press(init)).toBe(true);
  expect(uses()).toEqual([]);
});
