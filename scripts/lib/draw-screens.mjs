// Runs in a thread of its own (first-screens.mjs): draws pages in a document without a browser, and answers with their HTML.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { JSDOM } from 'jsdom';

const { program, site, placeholder, pages } = workerData;

/**
 * The widths of the trace, in pixels, at which it has other columns. The screen has its table once for each; the style sheet shows the one
 * that fits (`data-drawn-width`).
 */
const TRACE_WIDTHS = { narrow: 500, middle: 700, wide: 1000 };
const TRACE_HEIGHT = 900;
const ID_REFERENCES = [
  'for',
  'aria-labelledby',
  'aria-describedby',
  'aria-controls',
  'aria-activedescendant',
  'aria-owns',
];

const { window } = new JSDOM('<!DOCTYPE html><html lang="en"><body><div id="root"></div></body></html>', {
  url: `http://localhost${placeholder}/`,
  pretendToBeVisual: true,
});
const { document } = window;

let width = TRACE_WIDTHS.middle;
/** @type {Set<() => void>} */
const watching = new Set();

/** What a browser has and this document has not. */
const measured = {
  ResizeObserver: class {
    constructor(onResize) {
      this.onResize = () => onResize([], this);
    }
    observe() {
      watching.add(this.onResize);
      setTimeout(this.onResize);
    }
    unobserve() {}
    disconnect() {
      watching.delete(this.onResize);
    }
  },
  IntersectionObserver: class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
  matchMedia: () => ({ matches: false, addEventListener() {}, removeEventListener() {} }),
  fetch: async (address) => {
    const path = new URL(address, window.location.href).pathname.slice(placeholder.length);
    return new Response(await readFile(join(site, decodeURIComponent(path))));
  },
};

/** What Node has of its own, and this document does not take. */
const ofDocument = { AbortController: window.AbortController, AbortSignal: window.AbortSignal };

for (const [name, value] of Object.entries({ clientWidth: () => width, clientHeight: () => TRACE_HEIGHT })) {
  Object.defineProperty(window.HTMLElement.prototype, name, { configurable: true, get: value });
}
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis))
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: window[name] });
}
for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent'])
  globalThis[name] = window[name].bind(window);
for (const [name, value] of Object.entries({
  window,
  self: window,
  navigator: window.navigator,
  ...ofDocument,
  ...measured,
})) {
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
  if (name in measured) window[name] = value;
}

/** Ids and names of the drawn screen must not be those of the started one, which is there for a moment beside it. */
function rename(screen, prefix) {
  for (const element of [screen, ...screen.querySelectorAll('*')]) {
    if (element.id !== '') element.id = `${prefix}-${element.id}`;
    for (const name of ID_REFERENCES) {
      const value = element.getAttribute(name);
      if (value !== null)
        element.setAttribute(
          name,
          value
            .split(' ')
            .map((id) => `${prefix}-${id}`)
            .join(' '),
        );
    }
    const href = element.getAttribute('href');
    if (href?.startsWith('#')) element.setAttribute('href', `#${prefix}-${href.slice(1)}`);
    element.removeAttribute('data-started');
    // Radio buttons of one name are one group in the whole document.
    if (element.hasAttribute('name')) element.setAttribute('name', `${prefix}-${element.getAttribute('name')}`);
  }
}

const tableOf = (screen) => screen.querySelector('[role="grid"]');

async function screenOf(page, drawPage) {
  const root = document.getElementById('root');
  const resize = (to) => {
    width = to;
    for (const run of watching) run();
  };
  resize(TRACE_WIDTHS.middle);
  const { rest, end } = await drawPage(page, root);
  const copies = {};
  for (const [name, to] of Object.entries(TRACE_WIDTHS)) {
    resize(to);
    await rest();
    copies[name] = root.cloneNode(true);
  }
  end();
  const { middle: screen } = copies;
  const place = tableOf(screen);
  if (place !== null) {
    const tables = Object.entries(copies).map(([name, copy]) => {
      const table = tableOf(copy).cloneNode(true);
      table.setAttribute('data-drawn-width', name);
      rename(table, name);
      return table;
    });
    place.replaceWith(...tables);
  }
  screen.querySelector('#first-screen')?.remove();
  rename(screen, 'first');
  return screen.innerHTML;
}

const { drawPage, VISITED, DATABASE } = await import(pathToFileURL(program).href);
const screens = {};
for (const page of pages) screens[page] = await screenOf(page, drawPage);
parentPort.postMessage({ screens, visited: VISITED, database: DATABASE });
window.close();
process.exit(0);
