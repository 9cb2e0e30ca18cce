import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { Workbench } from './page';

const CHUNKS = '**/_next/static/chunks/**';
const FAILED = 'This part of the page could not be loaded.';

/** No chunk is loaded any more, until the returned function is called. */
async function loseChunks(page: Page): Promise<() => Promise<void>> {
  await page.route(CHUNKS, (route) => route.abort('failed'));
  return () => page.unroute(CHUNKS);
}

test.beforeEach(({ problems }) => problems.allow(/Failed to load resource|NetworkError|ERR_FAILED|chunk/i));
// What the service worker keeps is not asked for: here it is about the first visit, before all is kept.
test.use({ serviceWorkers: 'block' });

test('a dialog that cannot be loaded says so, and opens once it can', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  const again = await loseChunks(page);
  await page.getByRole('button', { name: /^Help/ }).click();
  const message = page.getByRole('alert').filter({ hasText: FAILED });
  await expect(message).toBeVisible({ timeout: 20_000 });
  await message.getByRole('button', { name: 'Close' }).click();
  await expect(message).toBeHidden();
  await page.getByRole('button', { name: /^Help/ }).click();
  await expect(message).toBeVisible({ timeout: 20_000 });
  await again();
  await message.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('a chunk that fails once is loaded again, without a word', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  const failed = new Set<string>();
  await page.route(CHUNKS, (route) => {
    const url = route.request().url();
    if (failed.has(url)) return route.continue();
    failed.add(url);
    return route.abort('failed');
  });
  await page.getByRole('button', { name: /^Help/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible({ timeout: 20_000 });
  expect(failed.size).toBeGreaterThan(0);
});

test('a rule editor that cannot be loaded leaves the rest of the page, and comes when the network is back', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  const again = await loseChunks(page);
  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  const message = page.getByRole('alert').filter({ hasText: FAILED });
  await expect(message).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('stopped working')).toBeHidden();
  await expect(bench.trace.getByRole('status')).toHaveText(/calls?$/);
  await again();
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(bench.editor.getByLabel('Name')).toBeVisible();
  await expect(message).toBeHidden();
});

test('the script of the worker is fetched again, and so is code that it needs later; what does not come is explained', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  const script = page.workers()[0]?.url().split('#')[0] ?? '';
  expect(script).toContain('/_next/');
  let missed = 0;
  await page.route(
    (url) => url.href.split('#')[0] === script,
    (route) => (missed++ < 1 ? route.abort('failed') : route.continue()),
  );
  await page.reload();
  await expect(bench.trace.getByRole('status')).toHaveText(/calls?$/);
  expect(missed).toBeGreaterThan(1);

  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  await expect(bench.editor.getByLabel('Name')).toBeVisible();
  const again = await loseChunks(page);
  // A pattern that is more than `*` is matched by code that the worker has not fetched yet.
  await bench.fillPill('Tools', ['get_?']);
  // The part that explains it has not been fetched either: it is explained without, and with it once it comes.
  const part = page.getByRole('alert').filter({ hasText: FAILED });
  await expect(part).toBeVisible({ timeout: 20_000 });
  await again();
  await part.getByRole('button', { name: 'Try again' }).click();
  const message = page.getByText('A part of the program that decides could not be loaded.');
  await expect(message).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(message).toBeHidden();
  await expect(bench.trace.getByRole('status')).toHaveText(/calls?$/);
});
