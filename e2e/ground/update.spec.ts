import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceWorkerFor } from '../../scripts/lib/service-worker.mjs';
import { SITES, expect, serve, test, untilKept } from '../fixtures';

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

siteInHand('a new build waits, is offered, and comes with a reload', async ({ page, publish }) => {
  await page.goto('./');
  await untilKept(page);
  publish('second');
  await page.reload();
  // Still the build that this page began with, until the visitor says so.
  await expect(page.locator('html')).not.toHaveAttribute('data-build', /./);
  const offer = page.getByText('A new version of the playground is ready.');
  await expect(offer).toBeVisible();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-build', 'second');
  await expect(offer).toBeHidden();
});

siteInHand('another tab learns that its build is the old one', async ({ page, context, publish }) => {
  await page.goto('./');
  await untilKept(page);
  const other = await context.newPage();
  await other.goto('./');
  publish('second');
  await page.reload();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-build', 'second');
  await expect(other.getByText('Another tab uses a new version of the playground.')).toBeVisible();
  await other.getByRole('button', { name: 'Reload' }).click();
  await expect(other.locator('html')).toHaveAttribute('data-build', 'second');
});

siteInHand('the offer can be put off', async ({ page, publish }) => {
  await page.goto('./');
  await untilKept(page);
  publish('second');
  await page.reload();
  await page.getByRole('button', { name: 'Later' }).click();
  await expect(page.getByText('A new version of the playground is ready.')).toBeHidden();
});

siteInHand(
  'a page is found without its last slash, and its query kept, without a network',
  async ({ page, site, folder }) => {
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
  },
);

siteInHand('an unknown page is reported as such without a network', async ({ page, site, problems }) => {
  problems.allow(/404/);
  await page.goto('./');
  await untilKept(page);
  await site.goOffline();
  await page.goto('./no/such/page');
  await expect(page.getByRole('heading', { name: 'There is no page at this address' })).toBeVisible();
});
