// Packages by the lock file: installed when what is in node_modules is not what the lock file asks for.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem, execute, root, say } from './run.mjs';

const oldestNode = [20, 19];

/** @param {string} version as in `process.versions.node` */
export function nodeIsTooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode;
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

/**
 * What keeps the installed packages from being those of the lock file, or `null` if they are.
 * npm writes `node_modules/.package-lock.json` when an installation is complete, in the same form.
 * @param {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }> }} wanted
 * @param {typeof wanted | null} present
 * @returns {string | null}
 */
export function whatIsMissing(wanted, present) {
  if (!present) return 'no packages are installed';
  for (const [path, entry] of Object.entries(wanted.packages ?? {})) {
    if (path === '') continue;
    const found = present.packages?.[path];
    if (!found) {
      // A package for another platform is in the lock file and rightly not here.
      if (entry.optional) continue;
      return `\`${path}\` is not installed`;
    }
    if (found.version !== entry.version) return `\`${path}\` is ${found.version}, wanted ${entry.version}`;
    if (found.integrity && entry.integrity && found.integrity !== entry.integrity) return `\`${path}\` differs`;
  }
  for (const path of Object.keys(present.packages ?? {})) {
    if (!wanted.packages?.[path]) return `\`${path}\` is installed and not wanted`;
  }
  return null;
}

async function readJson(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}

/** Installs the packages of the lock file if they are not there. Throws a `Problem` where it cannot. */
export async function ensurePackages() {
  if (nodeIsTooOld(process.versions.node)) {
    throw new Problem(`This needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`);
  }
  const wanted = await readJson(join(root, 'package-lock.json'));
  if (!wanted) throw new Problem('package-lock.json is missing or damaged: is this a complete copy of the repository?');
  const reason = whatIsMissing(wanted, await readJson(join(root, 'node_modules', '.package-lock.json')));
  if (!reason) return;
  say(`Installing packages by the lock file (${reason}) …`);
  const { code } = await execute('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], {
    env: { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
  });
  if (code !== 0) throw new Problem('The packages could not be installed: see what npm says above.');
}
