import { expect, test } from '../fixtures';
import { write } from '../typing';
import { Workbench } from './page';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('the matrix of effective access is read, filtered, explained and copied', async ({ page, axe }) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  await page.getByRole('button', { name: /^Policy: / }).click();
  await page.getByRole('menuitem', { name: 'Effective access…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Effective access' });
  const cells = dialog.getByRole('gridcell').getByRole('button');
  await expect(cells.first()).toBeVisible();
  await axe(page);

  // Every tool is allowed or conditional but those that the first rule denies.
  await dialog
    .getByRole('group', { name: 'Only tools with such a cell' })
    .getByRole('button', { name: /^Denied/ })
    .click();
  const denied = dialog.getByRole('row').filter({ has: page.getByRole('gridcell') });
  await expect(denied.first()).toBeVisible();
  await cells.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(dialog.getByTestId('cell-answer')).toHaveText(/Denied by rule 1, No deleting/);
  await axe(page);

  const tools = await denied.getByRole('rowheader').count();
  await dialog.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('| Resource | Tool |');
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  expect(markdown.trim().split('\n')).toHaveLength(tools + 2);
  await dialog.getByRole('button', { name: 'Copy as CSV' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^resource,tool,/);
  const csv = await page.evaluate(() => navigator.clipboard.readText());
  expect(csv.trim().split('\r\n')).toHaveLength(tools + 1);

  await write(dialog.getByRole('searchbox'), 'no such tool');
  await expect(dialog.getByText('No tool passes the filter.')).toBeVisible();
  await axe(page);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('the matrix scrolls within the screen', { tag: '@chromium' }, async ({ page, axe }) => {
    await page.goto('./');
    await page.getByRole('button', { name: /^Policy: / }).click();
    await page.getByRole('menuitem', { name: 'Effective access…' }).click();
    await page.getByRole('gridcell').getByRole('button').first().click();
    await expect(page.getByTestId('cell-answer')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await axe(page);
  });
});
