// Puts the first screens of pages into an export: drawn at build, as a first visitor finds them (components/first-screen/README.md).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { placeholder } from './relocation.mjs';
import { cacheFolder, root } from './run.mjs';
import { withFirstScreen } from './scripts-on-use.mjs';

/** The pages that are drawn, and their files in an export. */
const PAGES = { workbench: 'index.html', compare: 'compare/index.html' };

/** @returns {Promise<string>} the file of the pages and of what draws them, for Node */
async function bundleDrawing() {
  const { build } = await import('esbuild');
  const outfile = join(cacheFolder, 'first-screen', 'draw.mjs');
  mkdirSync(join(cacheFolder, 'first-screen'), { recursive: true });
  await build({
    entryPoints: [join(root, 'app/draw.tsx')],
    outfile,
    bundle: true,
    absWorkingDir: root,
    logLevel: 'error',
    platform: 'browser',
    format: 'esm',
    target: 'node20',
    // Nothing opens the code editor here.
    external: ['*/monaco'],
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.NEXT_PUBLIC_BASE_PATH': JSON.stringify(placeholder),
    },
  });
  return outfile;
}

/** What is shown in place of the drawn screen, or over it (`app/globals.css`). */
const withMessages = (screen) =>
  [
    '<p data-unscripted>This is a picture of the sample policy: to change or try anything, the page needs scripts.</p>',
    `<div data-drawn>${screen}</div>`,
    '<p data-opening role="status">Opening your policies…</p>',
    '<p data-loading role="status">Starting…</p>',
    '<p data-failed role="alert">The page could not be loaded whole. Reload it to try again.</p>',
  ].join('');

/** In a thread of its own, as it needs a document in the place of a browser's. */
function draw(workerData) {
  return new Promise((done, fail) => {
    const thread = new Worker(new URL('./draw-screens.mjs', import.meta.url), { workerData });
    thread.once('message', done);
    thread.once('error', fail);
    thread.once('exit', (code) => fail(new Error(`drawing the first screens ended with ${code}`)));
  });
}

/**
 * Draws the first screen of each page of an export into it; their scripts are then loaded once they are used.
 * @param {string} to the folder of the export, which still has the placeholder path
 */
export async function addFirstScreens(to) {
  const { screens, visited, database } = await draw({
    program: await bundleDrawing(),
    site: to,
    placeholder,
    pages: Object.keys(PAGES),
  });
  for (const [page, path] of Object.entries(PAGES)) {
    const file = join(to, path);
    writeFileSync(
      file,
      withFirstScreen(readFileSync(file, 'utf8'), { screen: withMessages(screens[page]), visited, database }),
    );
  }
}
