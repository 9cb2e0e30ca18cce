import type { Locator } from '@playwright/test';
import { decodeLink } from '../../lib/bundle';
import { expect, test } from '../fixtures';
import { write } from '../typing';
import { hostPage, serveHost, type HostSite } from './host';

const DECIDED = /^(Allowed|Denied|Conditional)/;

let host: HostSite | undefined;
test.afterEach(async () => {
  await host?.close();
  host = undefined;
});

/** The text that Share gives for a kind of page. */
async function snippetOf(dialog: Locator, place: string, label: RegExp): Promise<string> {
  await dialog.getByText(place, { exact: true }).click();
  return dialog.getByRole('textbox', { name: label }).inputValue();
}

test('what Share gives for another page works there', { tag: '@chromium' }, async ({ page, site, problems, axe }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Share / });
  await dialog.getByLabel(/^The call in focus/).check();
  await dialog.getByText('as they are', { exact: true }).click();
  await dialog.getByText('Embed', { exact: true }).click();
  await dialog.getByLabel('View').selectOption('rule');
  await dialog.getByText('Dark', { exact: true }).click();
  await write(dialog.getByLabel(/^Rules to show/), '2');
  const preview = dialog.frameLocator('iframe[title="Preview of the embed"]');
  await expect(preview.getByTestId('answer')).toHaveText(DECIDED);
  await expect(preview.locator('html')).toHaveAttribute('data-theme', 'dark');
  // The height is that of the preview's content.
  await dialog.getByRole('button', { name: 'Use this height' }).click();
  const height = Number(await dialog.getByLabel('Height in pixels').inputValue());
  expect((await dialog.locator('iframe').boundingBox())?.height).toBe(height);
  await axe(page);
  const head = await snippetOf(dialog, 'HTML', /^In the head/);
  const element = await snippetOf(dialog, 'HTML', /^Where the example is/);
  const frame = await snippetOf(dialog, 'Markdown', /^A frame/);
  const list = await snippetOf(dialog, 'No script', /^The rules as text/);
  expect(head).toMatch(/embed\.[0-9a-f]{12}\.js" integrity="sha384-[^"]+" crossorigin="anonymous" defer/);
  expect(await snippetOf(dialog, 'MDX, React', /^In the page/)).toContain('<PolicyPlayground');

  host = await serveHost(hostPage(head, `${element}<div id="frame">${frame}</div>${list}`), site.url);
  problems.allow(new RegExp(`request to another origin: ${host.origin}`));
  // This page forbids styles that are written into it.
  problems.allow(/style-src|stylesheet|inline style/i);
  await page.goto(host.url);
  const example = page.frameLocator('policy-playground iframe');
  await expect(example.getByTestId('answer')).toHaveText(DECIDED);
  await expect(example.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect((await page.locator('policy-playground').boundingBox())?.height).toBe(height);
  await page.locator('#frame').scrollIntoViewIfNeeded();
  await expect(page.frameLocator('#frame iframe').getByTestId('answer')).toHaveText(DECIDED);
  await expect(page.locator('figure li')).toHaveAttribute('value', '2');

  // Two ways into the playground: from the list, and from the embed with the reader's edit.
  const shared = decodeLink(
    (await page.getByRole('link', { name: 'Open in the policy playground' }).getAttribute('href')) ?? '',
  );
  await example.getByRole('combobox', { name: 'Effect' }).selectOption('deny');
  const open = example.getByRole('link', { name: 'Open in playground' });
  const effectsOpened = async () => {
    // The address is made as the reader presses.
    await open.dispatchEvent('pointerdown');
    const opened = decodeLink((await open.getAttribute('href')) ?? '');
    return opened.ok ? opened.bundle.rules.map(({ effect }) => effect) : [];
  };
  const effects = shared.ok ? shared.bundle.rules.map(({ effect }) => effect) : [];
  expect(effects[1]).not.toBe('deny');
  await expect.poll(effectsOpened).toEqual(effects.with(1, 'deny'));
});
