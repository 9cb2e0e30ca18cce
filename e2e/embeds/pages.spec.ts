import { decodeLink } from '../../lib/bundle';
import { expect, test } from '../fixtures';
import { Workbench } from '../journeys/page';
import { write } from '../typing';
import { hostPage, serveHost, type HostSite } from './host';

let host: HostSite | undefined;
test.afterEach(async () => {
  await host?.close();
  host = undefined;
});

test('what Share gives for another page works there', async ({ page, site, problems }) => {
  const bench = new Workbench(page);
  await bench.open();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Share / });
  await dialog.getByLabel(/^The call in focus/).check();
  await dialog.getByText('as they are', { exact: true }).click();
  await dialog.getByText('Embed', { exact: true }).click();
  await expect(dialog.getByRole('link', { name: /^About embeds/ })).toHaveAttribute('href', /docs\/embedding\/$/);
  await dialog.getByLabel('View').selectOption('rule');
  await write(dialog.getByLabel(/^Rules to show/), '2');
  const preview = dialog.frameLocator('iframe[title="Preview of the embed"]');
  await expect(preview.getByTestId('answer')).toHaveText(/^(Allowed|Denied|Conditional)/);
  // The height is that of the preview's content.
  await dialog.getByRole('button', { name: 'Use this height' }).click();
  const height = Number(await dialog.getByLabel('Height in pixels').inputValue());
  expect((await dialog.locator('iframe').boundingBox())?.height).toBe(height);
  const snippet = async (place: string, label: RegExp) => {
    await dialog.getByText(place, { exact: true }).click();
    return dialog.getByRole('textbox', { name: label }).inputValue();
  };
  const head = await snippet('HTML', /^In the head/);
  const element = await snippet('HTML', /^Where the example is/);
  const frame = await snippet('Markdown', /^A frame/);
  const list = await snippet('No script', /^The rules as text/);
  expect(head).toMatch(/embed\.[0-9a-f]{12}\.js" integrity="sha384-[^"]+" crossorigin="anonymous" defer/);

  host = await serveHost(hostPage(head, `${element}<div id="frame">${frame}</div>${list}`), site.url);
  const { origin } = host;
  problems.allow(new RegExp(`request to another origin: ${origin}`));
  // This page forbids styles that are written into it.
  problems.allow(/style-src|stylesheet|inline style/i);
  await page.goto(host.url);
  const example = page.frameLocator('policy-playground iframe');
  await expect(example.getByTestId('answer')).toHaveText(/^(Allowed|Denied|Conditional)/);
  await expect(example.getByRole('group', { name: 'The rule as a sentence' })).toBeVisible();
  expect((await page.locator('policy-playground').boundingBox())?.height).toBe(height);
  await page.locator('#frame').scrollIntoViewIfNeeded();
  await expect(page.frameLocator('#frame iframe').getByTestId('answer')).toHaveText(/^(Allowed|Denied|Conditional)/);
  await expect(page.locator('figure li')).toHaveAttribute('value', '2');

  // Two ways into the playground: from the list, and from the embed with the reader's edit.
  const address = await page.getByRole('link', { name: 'Open in the policy playground' }).getAttribute('href');
  const shared = decodeLink(address ?? '');
  const effect = example.getByRole('combobox', { name: 'Effect' });
  await effect.selectOption('deny');
  const open = example.getByRole('link', { name: 'Open in playground' });
  await expect
    .poll(async () => {
      const opened = decodeLink((await open.getAttribute('href')) ?? '');
      return (
        opened.ok &&
        shared.ok && [opened.bundle.rules.length - shared.bundle.rules.length, opened.bundle.rules[1]?.effect]
      );
    })
    .toEqual([0, 'deny']);
});

test('a lesson is solved, which the browser remembers, and others may be left out', async ({ page }) => {
  await page.goto('./docs/lessons/');
  const lesson = page.locator('#exercise-first-match');
  const progress = page.getByText(/^\d of 8 solved$/);
  await expect(progress).toHaveText('0 of 8 solved');
  const frame = lesson.frameLocator('iframe');
  await expect(frame.getByTestId('exercise-status')).toHaveText('2 of 3 tests pass.');
  await frame.getByRole('button', { name: /^Edit rule 1/ }).click();
  await frame.getByRole('button', { name: /^Tools: get/ }).click();
  const tools = frame.getByRole('combobox', { name: 'Tools' });
  await write(tools, 'list_*');
  await tools.press('Enter');
  await expect(frame.getByTestId('exercise-status')).toHaveText('Solved: all 3 tests pass.');
  await expect(progress).toHaveText('1 of 8 solved');

  // The second is left out, and the third is solved by its solution.
  const other = page.locator('#exercise-default-deny');
  await other.scrollIntoViewIfNeeded();
  await other.frameLocator('iframe').getByRole('button', { name: 'Solution' }).click();
  await other.frameLocator('iframe').getByRole('button', { name: 'Use this solution' }).click();
  await expect(progress).toHaveText('2 of 8 solved');
  await page.reload();
  await expect(progress).toHaveText('2 of 8 solved');
  await page.getByRole('button', { name: 'Forget my progress' }).click();
  await expect(progress).toHaveText('0 of 8 solved');
});
