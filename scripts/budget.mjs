// The size budgets: the scripts that a page requests before it is used, those that it and its worker do once it is started, and the parts of
// `lib` that others may bundle, compared with budgets.json.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { launchChromium } from './lib/chromium.mjs';
import { Problem, asCommand, root, say } from './lib/run.mjs';
import { siteFolder } from './lib/site.mjs';
import { startPage } from './lib/start-page.mjs';
import { createStaticServer, listen, stop } from './lib/static-server.mjs';

const restMs = 2000;

/** @typedef {{ unused: readonly string[], page: readonly string[], workers: readonly string[] }} RequestedScripts paths of the site */

/**
 * The scripts that a page asks for, and those that its workers do.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @returns {Promise<RequestedScripts>}
 */
async function scriptsOf(browser, url) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const found = new Set();
  // A session of the page alone: a worker has its own, and its first script is of another type.
  devtools.on('Network.requestWillBeSent', ({ request, type }) => {
    const isScript = type === 'Script' || (type === 'Other' && /\.m?js(\?|$)/.test(request.url));
    if (isScript) found.add(new URL(request.url).pathname);
  });
  const entries = new Set();
  page.on('worker', (worker) => entries.add(new URL(worker.url()).pathname));
  await devtools.send('Network.enable');
  await page.goto(url, { waitUntil: 'networkidle' });
  const unused = [...found];
  await startPage(page);
  // What is asked for late, but still unasked by the user, counts too.
  await page.waitForTimeout(restMs);
  await page.waitForLoadState('networkidle');
  const loaded = await Promise.all(
    page
      .workers()
      .map((worker) => worker.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))),
  );
  await context.close();
  const byWorkers = loaded.flat().map((address) => new URL(address).pathname);
  return {
    unused,
    page: [...found].filter((path) => !entries.has(path)).sort(),
    workers: [...new Set([...entries, ...byWorkers])].filter((path) => /\.m?js$/.test(path)).sort(),
  };
}

/**
 * A part of `lib` as others would bundle it: what its entry needs at once, minified. What it loads later is not counted.
 * @param {string} entry
 * @returns {Promise<SizedScript[]>}
 */
async function bundled(entry) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: 'bundled',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true,
    logLevel: 'warning',
  });
  const needed = new Set(Object.keys(metafile.outputs).filter((name) => metafile.outputs[name].entryPoint === entry));
  for (const name of needed) {
    for (const { path, kind } of metafile.outputs[name].imports) if (kind === 'import-statement') needed.add(path);
  }
  return outputFiles
    .map(({ path, contents }) => ({ pathname: relative(root, path), bytes: gzipSync(contents).length }))
    .filter(({ pathname }) => needed.has(pathname));
}

/** @typedef {{ pathname: string, bytes: number }} SizedScript */

/**
 * @param {string} name
 * @param {readonly SizedScript[]} scripts
 * @param {number} most kilobytes
 * @returns {boolean} whether it is within its budget
 */
function isWithin(name, scripts, most) {
  if (scripts.length === 0) throw new Problem(`\`${name}\` asked for no script at all: is the site built?`);
  const kilobytes = scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
  say(`${name}: ${kilobytes.toFixed(1)} kB of ${most} kB, in ${scripts.length} scripts`);
  if (kilobytes <= most) return true;
  for (const { pathname, bytes } of scripts.toSorted((a, b) => b.bytes - a.bytes))
    say(`  ${(bytes / 1000).toFixed(1)} kB  ${pathname}`);
  return false;
}

/** @param {readonly string[]} paths @returns {SizedScript[]} */
const sized = (paths) =>
  paths.map((pathname) => ({ pathname, bytes: gzipSync(readFileSync(join(siteFolder, pathname))).length }));

await asCommand(async () => {
  const { pages, bundles } = JSON.parse(readFileSync(join(root, 'budgets.json'), 'utf8'));
  const over = [];
  for (const { entry, kilobytes } of bundles) {
    if (!isWithin(entry, await bundled(entry), kilobytes)) over.push(entry);
  }
  const server = createStaticServer({ folder: siteFolder });
  const port = await listen(server, { port: 0 });
  const browser = await launchChromium();
  try {
    for (const { path, scriptKilobytes, workerKilobytes, isReadUnused } of pages) {
      // Parameters and a link say what the page shows; they are no part of its name.
      const name = path.replace(/[?#].*$/, '');
      const scripts = await scriptsOf(browser, `http://127.0.0.1:${port}${path}`);
      if (isReadUnused && scripts.unused.length > 0) {
        say(`${name} asks for scripts before it is used:\n  ${scripts.unused.join('\n  ')}`);
        over.push(`${name} before it is used`);
      }
      if (!isWithin(name, sized(scripts.page), scriptKilobytes)) over.push(name);
      if (workerKilobytes === undefined) continue;
      if (!isWithin(`${name} in workers`, sized(scripts.workers), workerKilobytes)) over.push(`${name} in workers`);
    }
  } finally {
    await browser.close();
    await stop(server);
  }
  if (over.length > 0) throw new Problem(`More scripts than budgets.json allows: ${over.join(', ')}`);
});
