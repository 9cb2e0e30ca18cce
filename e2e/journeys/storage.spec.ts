import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { downloadOf } from '../downloads';
import { expect, test } from '../fixtures';
import { write } from '../typing';
import { AIRLINE, AIRLINE_CALLS, Workbench } from './page';

/** Whether the browser would ask before the page is left. */
const asksBeforeLeaving = (page: Page): Promise<boolean> =>
  page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));

test('where storage is refused, work is kept in memory, shown as unsaved, and can be downloaded', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      get() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
  });
  const bench = new Workbench(page);
  await bench.open();
  await expect(page.getByText('not saved', { exact: true })).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'does not store anything' })).toBeVisible();
  expect(await asksBeforeLeaving(page)).toBe(false);
  await bench.addRule({ name: 'In memory', effect: 'Deny', tools: ['drop_*'] });
  await expect.poll(() => asksBeforeLeaving(page)).toBe(true);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(() => bench.ruleNames()).not.toContain('In memory');
  const work = await downloadOf(page, () => page.getByRole('button', { name: 'Download my work' }).first().click());
  expect(work.name).toMatch(/\.zip$/);
  expect(Object.keys(unzipSync(work.bytes))).toContain('manifest.json');
});

test('a file dropped on the page, and text pasted into it, are offered for import', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  const call = JSON.stringify({ id: 'x-1', tool: { name: 'delete_everything' }, args: {} });
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([`${text}\nnot json\n`], 'dropped.ndjson'));
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
  }, call);
  const dialog = page.getByRole('dialog', { name: 'Import a trace' });
  await expect(dialog.getByTestId('import-counts')).toHaveText(/^1 call, 1 reject/);
  await expect(dialog.getByLabel('Name of the trace')).toHaveValue('dropped');
  await dialog.getByText('What was refused, and why').click();
  await expect(dialog).toContainText('line 2');
  // What the source does not say can be given for the whole file.
  await write(dialog.getByLabel('Agent', { exact: true }), 'cursor');
  await dialog.getByRole('button', { name: 'Apply to every call' }).click();
  await expect(dialog.getByRole('cell', { name: 'cursor' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Import 1 call' }).click();
  await expect(dialog).toBeHidden();
  await expect(bench.explanation.getByTestId('answer')).toHaveText(/^Denied by rule 1, No deleting/);
});

test('an import that is stopped or left leaves everything as it was', { tag: '@chromium' }, async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  await bench.trace.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a trace' });
  await dialog.locator('input[type=file]').setInputFiles(AIRLINE);
  await expect(dialog.getByRole('button', { name: `Import ${AIRLINE_CALLS} calls` })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await bench.reload();
  await bench.trace.getByRole('button', { name: /A Tuesday at Acme/ }).click();
  await expect(page.getByRole('menuitemradio')).toHaveCount(1);
});

test('stored data is listed, downloaded, and deleted', async ({ page, axe }) => {
  const bench = new Workbench(page);
  await bench.open();
  const rules = await bench.ruleNames();
  await bench.newPolicy();
  await bench.addRule({ name: 'Mine alone', effect: 'Deny', tools: ['drop_*'] });
  await expect(page.getByText('saved', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Help/ }).click();
  await page.getByRole('button', { name: 'Data in this browser…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Data in this browser' });
  await expect(dialog).toContainText('2 policies, 1 trace');
  await expect(dialog).toContainText(/of .+ allowed/);
  await axe(page);
  const work = await downloadOf(page, () => dialog.getByRole('button', { name: 'Download my work' }).click());
  expect(Object.keys(unzipSync(work.bytes)).filter((name) => name.endsWith('.policy.json'))).toHaveLength(2);
  await dialog.getByRole('button', { name: 'Delete all my data…' }).click();
  await axe(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await bench.decided();
  await expect.poll(() => bench.ruleNames()).toEqual(rules);
  await page.getByRole('button', { name: /^Policy: / }).click();
  await expect(page.getByRole('menuitemradio')).toHaveCount(1);
});
