// One export serves any path: it is built for a placeholder path, which is replaced in a copy of its text files.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Problem } from './run.mjs';
import { filesOf } from './files.mjs';

/** The path that the export is built for. */
export const placeholder = '/__base_path__';

const textFiles = new Set(['.html', '.js', '.css', '.txt', '.json', '.webmanifest', '.svg', '.map']);

/**
 * A path as the build wants it: `''` for the root, else with a slash before and none behind.
 * @param {string} path
 */
export function normalBasePath(path) {
  const trimmed = path.replace(/\/+$/, '');
  if (trimmed === '') return '';
  if (!/^(\/[A-Za-z0-9._~-]+)+$/.test(trimmed) || /\/\.{1,2}(\/|$)/.test(trimmed)) {
    throw new Problem(`\`${path}\` is not a path to serve from: write it like \`/docs/playground\``);
  }
  return trimmed;
}

/**
 * Long strings in a page's payload are preceded by their length in bytes (`7:T4e2,…`): the placeholder must not be in one.
 * @param {string} payload
 */
export function placeholderStandsInCountedText(payload) {
  const bytes = Buffer.from(payload, 'utf8');
  const text = bytes.toString('latin1');
  for (const row of text.matchAll(/(?:^|\n|[^0-9a-f])[0-9a-f]+:T([0-9a-f]+),/g)) {
    const start = row.index + row[0].length;
    if (text.slice(start, start + Number.parseInt(row[1] ?? '0', 16)).includes(placeholder)) return true;
  }
  return false;
}

/**
 * Copies an export and puts the real path in place of the placeholder.
 * @param {{ from: string, to: string, basePath: string }} options
 * @returns {number} how many files changed
 */
export function relocate({ from, to, basePath }) {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  let changed = 0;
  for (const path of filesOf(to)) {
    if (!textFiles.has(extname(path))) continue;
    const file = join(to, path);
    const text = readFileSync(file, 'utf8');
    if (!text.includes(placeholder)) continue;
    if (path.endsWith('.txt') && placeholderStandsInCountedText(text)) {
      throw new Error(`${path}: a long text holds the base path, so it cannot be moved; make the text shorter`);
    }
    writeFileSync(file, text.replaceAll(placeholder, basePath));
    changed += 1;
  }
  return changed;
}
