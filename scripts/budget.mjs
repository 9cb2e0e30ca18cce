// The size budget: the scripts that a page requests before any interaction, compared with budgets.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launchChromium } from './lib/chromium.mjs';
import { Problem, asCommand, root, say } from './lib/run.mjs';
import { siteFolder } from './lib/site.mjs';
import { createStaticServer, listen, stop } from './lib/static-server.mjs';

const restMs = 2000;

/**
 * The addresses of the scripts that the page itself asks for; workers, and what they ask for, are not among them.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 */
async function scriptsOf(browser, url) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const found = new Set();
  // A session of the page alone: a worker has its own, and its first script is of another type.
  devtools.on('Network.requestWillBeSent', ({ request, type }) => {
    const isScript = type === 'Script' || (type === 'Other' && /\.m?js(\?|$)/.test(request.url));
    if (isScript) found.add(request.url.replace(/[?#].*$/, ''));
  });
  const workers = new Set();
  page.on('worker', (worker) => workers.add(worker.url().replace(/[?#].*$/, '')));
  await devtools.send('Network.enable');
  await page.goto(url, { waitUntil: 'networkidle' });
  // What is asked for late, but still unasked by the user, counts too.
  await page.waitForTimeout(restMs);
  await page.waitForLoadState('networkidle');
  await context.close();
  return [...found].filter((address) => !workers.has(address)).sort();
}

await asCommand(async () => {
  const { pages } = JSON.parse(readFileSync(join(root, 'budgets.json'), 'utf8'));
  const server = createStaticServer({ folder: siteFolder });
  const port = await listen(server, { port: 0 });
  const browser = await launchChromium();
  const over = [];
  try {
    for (const { path, scriptKilobytes } of pages) {
      // Parameters and a link say what the page shows; they are no part of its name.
      const name = path.replace(/[?#].*$/, '');
      const scripts = await scriptsOf(browser, `http://127.0.0.1:${port}${path}`);
      if (scripts.length === 0) throw new Problem(`\`${name}\` asked for no script at all: is the site built?`);
      const sizes = scripts.map((address) => {
        const { pathname } = new URL(address);
        return { pathname, bytes: gzipSync(readFileSync(join(siteFolder, pathname))).length };
      });
      const kilobytes = sizes.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
      say(`${name}: ${kilobytes.toFixed(1)} kB of ${scriptKilobytes} kB, in ${scripts.length} scripts`);
      if (kilobytes > scriptKilobytes) {
        over.push(name);
        for (const { pathname, bytes } of sizes.sort((a, b) => b.bytes - a.bytes))
          say(`  ${(bytes / 1000).toFixed(1)} kB  ${pathname}`);
      }
    }
  } finally {
    await browser.close();
    await stop(server);
  }
  if (over.length > 0) throw new Problem(`More scripts than budgets.json allows: ${over.join(', ')}`);
});
