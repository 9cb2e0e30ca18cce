// From Next's export to a folder that can be served: moved to its path, then the policies and the service worker.
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { withContentSecurityPolicy } from './content-security-policy.mjs';
import { addDocsSearch } from './docs-search.mjs';
import { addEmbeds, embedScript, pinnedScript } from './embeds.mjs';
import { changeFiles } from './files.mjs';
import { addFirstScreens } from './first-screens.mjs';
import { steadyFonts } from './fonts.mjs';
import { thirdPartyLicenses } from './licenses.mjs';
import { placeholder, relocate } from './relocation.mjs';
import { Problem, cacheFolder, installed, root, run, say } from './run.mjs';
import { withScriptsOnUse } from './scripts-on-use.mjs';
import { serviceWorkerFor } from './service-worker.mjs';
import { buildId } from './sources.mjs';

/** What Next exports, still with the placeholder path. */
export const exportFolder = join(cacheFolder, 'export');

/** The site for the root of a host. */
export const siteFolder = join(root, 'out');

/**
 * Puts the policy into each page and writes the service worker. For a folder that is at its final path only:
 * one of the inline scripts holds the path, so its hash changes with it.
 * @param {string} folder
 */
export function finish(folder) {
  changeFiles(folder, '.html', withContentSecurityPolicy);
  writeFileSync(join(folder, 'sw.js'), serviceWorkerFor(folder));
}

/**
 * A served folder from the export. It appears whole or not at all, so that an interrupted run leaves nothing half done.
 * @param {{ to: string, basePath: string }} options
 */
export function makeSite({ to, basePath }) {
  const target = resolve(to);
  if (target === root || root.startsWith(target + sep))
    throw new Problem(`\`${to}\` holds the sources: choose another folder`);
  const holdsOtherThings =
    existsSync(target) && readdirSync(target).length > 0 && !existsSync(join(target, 'build.json'));
  if (holdsOtherThings) throw new Problem(`\`${to}\` holds other things: choose an empty or a new folder`);
  const draft = join(dirname(target), `.${target.split(sep).at(-1)}.draft`);
  relocate({ from: exportFolder, to: draft, basePath });
  finish(draft);
  rmSync(target, { recursive: true, force: true });
  renameSync(draft, target);
}

/** @param {string} folder */
function builtId(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'build.json'), 'utf8')).build;
  } catch {
    return undefined;
  }
}

/**
 * Builds the export and the site for the root, unless they are there for these very sources.
 * @param {{ always?: boolean }} [options]
 */
export async function ensureBuild({ always = false } = {}) {
  const id = buildId();
  if (!always && builtId(siteFolder) === id && builtId(exportFolder) === id) return;
  say(always || !existsSync(siteFolder) ? `Building (${id}) …` : `Building again, because sources changed (${id}) …`);
  const started = Date.now();
  const embed = pinnedScript(await embedScript());
  await run(process.execPath, [installed('next', 'dist', 'bin', 'next'), 'build'], {
    env: {
      STATIC_EXPORT: '1',
      BUILD_ID: id,
      EMBED_SCRIPT: embed.name,
      EMBED_INTEGRITY: embed.integrity,
      NODE_ENV: 'production',
    },
  });
  await addEmbeds(exportFolder);
  await addDocsSearch(exportFolder);
  changeFiles(join(exportFolder, 'docs'), '.html', withScriptsOnUse);
  await addFirstScreens(exportFolder);
  steadyFonts(exportFolder, placeholder);
  writeFileSync(join(exportFolder, 'third-party-licenses.txt'), thirdPartyLicenses());
  // Last: with it, the export counts as complete.
  writeFileSync(join(exportFolder, 'build.json'), `${JSON.stringify({ build: id })}\n`);
  makeSite({ to: siteFolder, basePath: '' });
  say(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}
