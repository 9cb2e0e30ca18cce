import { readdirSync } from 'node:fs';
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
