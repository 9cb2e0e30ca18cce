import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptFiles, serviceWorkerFor } from '../../scripts/lib/service-worker.mjs';
import { SITES, expect, serve, test, untilKept } from '../fixtures';
import { fillDisk, prepareFullDisk } from '../journeys/browser-storage';
import { Workbench } from '../journeys/page';
import { write } from '../typing';

test.use({ serviceWorkers: 'allow' });

/** A copy of the site that can become the next build while it is served. */
const siteInHand = test.extend<{ publish: (title: string) => void; folder: string }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'policy-playground-'));
    cpSync(SITES.root.folder, folder, { recursive: true });
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  site: async ({ folder }, use) => {
    const { server, ...served } = await serve(folder, '');
    await use(served);
    server.close();
    server.closeAllConnections();
  },
  publish: async ({ folder }, use) => {
    await use((title) => {
      const page = join(folder, 'index.html');
      writeFileSync(page, readFileSync(page, 'utf8').replace(/<html /, `<html data-build="${title}" `));
      writeFileSync(join(folder, 'sw.js'), serviceWorkerFor(folder));
    });
  },
});

siteInHand(
  'a new build waits, is offered, can be put off, and comes with a reload, in each tab',
  async ({ page, context, publish, problems }) => {
    // Firefox reports each load of a script that a reload ends, without its address.
    problems.allow(/Failed to load ‘’\.|NS_BINDING_ABORTED/);
    await page.goto('./');
    await untilKept(page);
    const other = await context.newPage();
    await other.goto('./');
    publish('second');
    await page.reload();
    // Still the build that this page began with, until the visitor says so.
    await expect(page.locator('html')).not.toHaveAttribute('data-build', /./);
    const offer = page.getByText('A new version of the playground is ready.');
    await expect(offer).toBeVisible();
    await page.getByRole('button', { name: 'Later' }).click();
    await expect(offer).toBeHidden();
    await page.reload();
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-build', 'second');
    await expect(offer).toBeHidden();

    await expect(other.getByText('Another tab uses a new version of the playground.')).toBeVisible();
    await other.getByRole('button', { name: 'Reload' }).click();
    await expect(other.locator('html')).toHaveAttribute('data-build', 'second');
  },
);

siteInHand(
  'without a network, a page is found without its last slash, its query kept, and an unknown one is reported as such',
  async ({ page, site, folder, problems }) => {
    problems.allow(/404/);
    mkdirSync(join(folder, 'guide'));
    writeFileSync(
      join(folder, 'guide', 'index.html'),
      '<!doctype html><title>Guide</title><link rel="icon" href="data:,"><h1>Guide</h1>',
    );
    writeFileSync(join(folder, 'sw.js'), serviceWorkerFor(folder));
    await page.goto('./');
    await untilKept(page);
    await site.goOffline();
    await page.goto('./guide?part=2');
    await expect(page).toHaveURL(`${site.url}guide/?part=2`);
    await expect(page.getByRole('heading', { name: 'Guide' })).toBeVisible();
    await page.goto('./no/such/page');
    await expect(page.getByRole('heading', { name: 'There is no page at this address' })).toBeVisible();
  },
);

siteInHand(
  'a new build that is taken up loses no work: neither a rule under edit nor what is saved',
  async ({ page, publish }) => {
    const bench = new Workbench(page);
    await bench.open();
    await untilKept(page);
    await bench.addRule({ name: 'Made before', effect: 'Deny', tools: ['drop_*'] });
    publish('second');
    await bench.reload();
    await bench.policy
      .getByRole('button', { name: /^Edit rule/ })
      .first()
      .click();
    await write(bench.editor.getByLabel('Name'), 'Half typed');
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-build', 'second');
    await bench.decided();
    await expect(bench.editor.getByLabel('Name')).toHaveValue('Half typed');
    await bench.editor.getByRole('button', { name: 'Save rule' }).click();
    expect(await bench.ruleNames()).toContain('Half typed');
  },
);

siteInHand(
  'a new build does not take the page while something is unsaved and the reader stays',
  async ({ page, context, publish }) => {
    await prepareFullDisk(context);
    const bench = new Workbench(page);
    await bench.open();
    await untilKept(page);
    publish('second');
    await bench.reload();
    await fillDisk(page, ['policies', 'log', 'drafts']);
    await bench.policy.getByRole('button', { name: /^Actions for rule 1,/ }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    const again = page.getByRole('button', { name: /^Not saved/ });
    await expect(again).toBeVisible();
    const names = await bench.ruleNames();
    const asked = page.waitForEvent('dialog').then((dialog) => dialog.dismiss());
    await page.getByRole('button', { name: 'Reload' }).click();
    await asked;
    expect(await bench.ruleNames()).toEqual(names);
    await expect(page.locator('html')).not.toHaveAttribute('data-build', /./);
    await fillDisk(page, []);
    await again.click();
    await bench.reload();
    expect(await bench.ruleNames()).toEqual(names);
  },
);

siteInHand(
  'a page of the old build works on with its own chunks when the server has only new ones',
  async ({ page, folder }) => {
    const bench = new Workbench(page);
    await bench.open();
    await untilKept(page);
    rmSync(join(folder, '_next', 'static', 'chunks'), { recursive: true });
    await page.getByRole('button', { name: /^Help/ }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await bench.addRule({ name: 'With old chunks', effect: 'Deny', tools: ['drop_*'] });
    expect(await bench.ruleNames()).toContain('With old chunks');
  },
);

siteInHand(
  'a page is kept for use without a network only once every file is there',
  async ({ page, folder, site, problems }) => {
    problems.allow(/404|Failed to load resource/);
    const { first, later } = keptFiles(folder);
    const [missing = ''] = later.filter((path) => path.endsWith('.js')).slice(-1);
    const [file, aside] = [join(folder, missing), join(folder, 'aside.map')];
    renameSync(file, aside);
    const asked = page.waitForEvent('response', (response) => response.url().endsWith(missing)).catch(() => undefined);
    await page.goto('./');
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await Promise.race([asked, page.waitForTimeout(3_000)]);
    await expect(page.locator('html')).not.toHaveAttribute('data-offline', /./);
    renameSync(aside, file);
    // Asked again and again, since the answer that it could not be kept may not be here yet.
    await expect
      .poll(async () => {
        await page.evaluate(() => window.dispatchEvent(new Event('online')));
        return page.locator('html').getAttribute('data-offline');
      })
      .toBe('ready');
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return keys.flat().map(({ url }) => url);
    });
    for (const path of [...first, ...later])
      expect(kept).toContain(new URL(path.replace(/(^|\/)index\.html$/, '$1'), site.url).href);
  },
);
