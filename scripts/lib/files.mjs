import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * The paths of all files in a folder, with forward slashes, sorted.
 * @param {string} folder
 */
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .sort();
}

/**
 * Puts what `change` makes of it in the place of each file of a folder whose name has the ending. An error names the file.
 * @param {string} folder
 * @param {string} ending
 * @param {(text: string) => string} change
 * @returns {number} how many files changed
 */
export function changeFiles(folder, ending, change) {
  let changed = 0;
  for (const path of filesOf(folder).filter((name) => name.endsWith(ending))) {
    const file = join(folder, path);
    try {
      const before = readFileSync(file, 'utf8');
      const after = change(before);
      if (after === before) continue;
      writeFileSync(file, after);
      changed += 1;
    } catch (error) {
      throw new Error(`${path}: ${error.message}`, { cause: error });
    }
  }
  return changed;
}
