// The service worker of one site: the template with the list of what it keeps.
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';
import { filesOf } from './files.mjs';

const notKept = /(^|\/)(sw\.js|build\.json|\.[^/]*)$|\.(map|woff)$|^404\/|^_not-found\//;
const linked = /(?:src|href)="[^"]*?(_next\/static\/[^"?#]+)/g;

/**
 * What is kept for use without a network, in two parts: `first` is what the pages themselves load, and `later` is the rest
 * (the code editor, workers, samples), fetched when the page is at rest, smallest first.
 * @param {string} folder
 */
export function keptFiles(folder) {
  const files = filesOf(folder).filter((path) => !notKept.test(path));
  const loadedByPages = new Set();
  for (const page of files.filter((path) => path.endsWith('.html'))) {
    for (const [, asset] of readFileSync(join(folder, page), 'utf8').matchAll(linked)) loadedByPages.add(asset);
  }
  const belongsFirst = (path) => path.endsWith('.html') || path.endsWith('.css') || loadedByPages.has(path);
  const size = (path) => statSync(join(folder, path)).size;
  return {
    first: files.filter(belongsFirst),
    later: files
      .filter((path) => !belongsFirst(path))
      .map((path) => ({ path, bytes: size(path) }))
      .sort((a, b) => a.bytes - b.bytes || (a.path < b.path ? -1 : 1))
      .map(({ path }) => path),
  };
}

/** A page is asked for by its folder's name. */
const address = (path) => path.replace(/(^|\/)index\.html$/, '$1');

/**
 * @param {string} folder the finished site, at its final path
 * @returns {string} the script
 */
export function serviceWorkerFor(folder) {
  const { first, later } = keptFiles(folder);
  const hash = createHash('sha256');
  for (const path of [...first, ...later]) hash.update(`${path}\0`).update(readFileSync(join(folder, path)));
  const values = {
    VERSION: hash.digest('hex').slice(0, 16),
    FIRST: first.map(address),
    LATER: later.map(address),
  };
  const template = readFileSync(join(root, 'scripts', 'sw.template.js'), 'utf8');
  return template.replace(/__(VERSION|FIRST|LATER)__/g, (_, name) => JSON.stringify(values[name]));
}
