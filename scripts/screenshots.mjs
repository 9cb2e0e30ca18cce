// Pictures of pages, at two widths and in both themes: node scripts/screenshots.mjs [PATH…] [--url http://localhost:3000] [--to FOLDER]
// Without --url it serves out/. A path may carry a fragment: "/#1.…".
import { mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from './lib/chromium.mjs';
import { asCommand, root, say } from './lib/run.mjs';
import { siteFolder } from './lib/site.mjs';
import { createStaticServer, listen, stop } from './lib/static-server.mjs';

const viewports = [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
];
const themes = /** @type {const} */ (['light', 'dark']);

/** A file name for the page: `/docs/links/` is `docs-links`. */
const nameOf = (path) =>
  path
    .replace(/[?#].*$/, '')
    .split('/')
    .filter(Boolean)
    .join('-') || 'home';

await asCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { url: { type: 'string' }, to: { type: 'string', default: 'test-results/screens' } },
  });
  const paths = positionals.length > 0 ? positionals : ['/'];
  const folder = resolve(root, values.to);
  mkdirSync(folder, { recursive: true });
  const server = values.url ? undefined : createStaticServer({ folder: siteFolder });
  const base = values.url?.replace(/\/$/, '') ?? (server && `http://127.0.0.1:${await listen(server, { port: 0 })}`);
  const browser = await launchChromium();
  try {
    for (const path of paths) {
      for (const colorScheme of themes) {
        for (const viewport of viewports) {
          const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce', deviceScaleFactor: 2 });
          await page.goto(base + path, { waitUntil: 'networkidle' });
          await page.evaluate(() => document.fonts.ready);
          const file = join(folder, `${nameOf(path)}-${viewport.width}-${colorScheme}.png`);
          await page.screenshot({ path: file });
          say(relative(root, file));
          await page.close();
        }
      }
    }
  } finally {
    await browser.close();
    if (server) await stop(server);
  }
});
