// The build's id: a hash of everything that the build is made from, so that the same sources have the same id everywhere.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/** Files and folders that the build reads. A new one belongs here, or a change in it starts no new build. */
const sources = [
  'app',
  'components',
  'lib',
  'public',
  'docs/semantics.md',
  'mdx-components.tsx',
  'scripts/build.mjs',
  'scripts/sw.template.js',
  'scripts/lib/content-security-policy.mjs',
  'scripts/lib/docs-search.mjs',
  'scripts/lib/embeds.mjs',
  'scripts/lib/files.mjs',
  'scripts/lib/licenses.mjs',
  'scripts/lib/relocation.mjs',
  'scripts/lib/service-worker.mjs',
  'scripts/lib/site.mjs',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/** Tests and their data are never part of a build (the boundary test holds that). */
const notBuilt = /(^|\/)(testdata|bench)\/|(\.test|\/testkit)\.tsx?$|(^|\/)README\.md$|(^|\/)\.DS_Store$/;

function* filesUnder(folder, path) {
  const absolute = join(folder, path);
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (!stats) return;
  if (stats.isFile()) {
    if (!notBuilt.test(path)) yield path;
    return;
  }
  for (const name of readdirSync(absolute).sort()) yield* filesUnder(folder, `${path}/${name}`);
}

/**
 * Twelve hexadecimal digits that stand for the sources.
 * @param {string} [folder] the repository's top folder
 */
export function buildId(folder = root) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const path of filesUnder(folder, source)) {
      const content = readFileSync(join(folder, path));
      // Length and a separator, so that no two different trees run together to the same bytes.
      hash.update(`${path}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex').slice(0, 12);
}
