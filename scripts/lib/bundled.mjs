// Programs of ours that are TypeScript, ready for Node: bundled once and kept; a start checks that no source has changed since.
// Standard output belongs to the program: all messages of this file go to standard error.
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeIsTooOld } from './packages.mjs';
import { cacheFolder, root } from './run.mjs';

/** @param {string} sentence */
export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

function installPackages() {
  process.stderr.write('Installing packages by the lock file …\n');
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
    shell: process.platform === 'win32',
  });
  if (error !== undefined || status !== 0) fail('The packages could not be installed: see what npm says above.');
}

/** A file as it was: time and size tell a change cheaply enough for every start. */
function state(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? 'none' : `${stats.mtimeMs} ${stats.size}`;
}

/** The bundle that is kept, if it still is what the sources say. */
function keptBundle(folder) {
  try {
    const { made, node, inputs } = JSON.parse(readFileSync(join(folder, 'current.json'), 'utf8'));
    const main = join(folder, made, 'main.js');
    const fresh =
      node === process.version && Object.entries(inputs).every(([path, was]) => state(join(root, path)) === was);
    return fresh && existsSync(main) ? main : undefined;
  } catch {
    return undefined;
  }
}

async function makeBundle(entry, folder) {
  const { build } = await import('esbuild');
  mkdirSync(folder, { recursive: true });
  // INVARIANT: every bundle has a folder of its own, and one that may be in use is not touched: commands run side by side, and load
  // their parts when they need them.
  const made = mkdtempSync(join(folder, 'made-'));
  const { metafile } = await build({
    entryPoints: [join(root, entry)],
    outdir: made,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Packages in the older module format ask for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as requireFor } from 'node:module';const require = requireFor(import.meta.url);",
    },
    metafile: true,
    absWorkingDir: root,
    logLevel: 'silent',
  });
  const paths = Object.keys(metafile.inputs).filter((path) => !/(^|\/)node_modules\//.test(path));
  const watched = [...paths, 'package-lock.json', relative(root, import.meta.filename).replaceAll('\\', '/')];
  const inputs = Object.fromEntries(watched.map((path) => [path, state(join(root, path))]));
  writeFileSync(join(made, 'package.json'), '{ "type": "module" }\n');
  const note = join(made, 'current.json');
  writeFileSync(note, JSON.stringify({ made: basename(made), node: process.version, inputs }));
  renameSync(note, join(folder, 'current.json'));
  removeOld(folder, made);
  return join(made, 'main.js');
}

const anHour = 60 * 60 * 1000;

function removeOld(folder, made) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const old = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > anHour;
    if (name.startsWith('made-') && path !== made && old) rmSync(path, { recursive: true, force: true });
  }
}

async function bundled(entry, name) {
  const folder = writable(cacheFolder) ? join(cacheFolder, name) : join(tmpdir(), `policy-playground-${name}`);
  const kept = keptBundle(folder);
  if (kept !== undefined) return kept;
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) installPackages();
  try {
    return await makeBundle(entry, folder);
  } catch (error) {
    if (!/Could not resolve|Cannot find (package|module)/.test(String(error?.message))) throw error;
    installPackages();
    return makeBundle(entry, folder);
  }
}

function writable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs a program: its entry exports `runProcess(argv, cwd)`.
 * @param {{ entry: string, name: string }} program the entry's path from the top; the name of its npm script, and of its cache
 */
export async function runBundled({ entry, name }) {
  if (nodeIsTooOld(process.versions.node)) fail(`This needs Node 20.19 or newer; this is ${process.versions.node}.`);
  // npm changes to the repository's folder first; a path means what it means where npm was called.
  const calledFrom = process.env.npm_lifecycle_event === name ? process.env.INIT_CWD : undefined;
  try {
    const { runProcess } = await import(pathToFileURL(await bundled(entry, name)).href);
    await runProcess(process.argv.slice(2), calledFrom ?? process.cwd());
  } catch (error) {
    // Exit code 1 is a regular result, so an internal error must not have it.
    fail(`This should not happen: ${error?.stack ?? error}`);
  }
}
