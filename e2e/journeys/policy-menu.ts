import { expect, type Locator, type Page } from '@playwright/test';
import { downloadOf } from '../downloads';
import { write } from '../typing';

/** Opens a dialog by the policy's menu. */
export async function choose(page: Page, item: string): Promise<Locator> {
  await page.getByRole('button', { name: /^Policy: / }).click();
  await page.getByRole('menuitem', { name: item }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  return dialog;
}

export async function saveVersion(page: Page, name: string): Promise<void> {
  const versions = await choose(page, 'Versions…');
  await write(versions.getByLabel(/under the name$/), name);
  await versions.getByRole('button', { name: 'Save a version' }).click();
  await expect(versions.getByRole('list', { name: 'Versions' })).toContainText(name);
}

/** The open policy with all that is kept with it, as the page gives it out. */
export async function bundleText(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Policy: / }).click();
  const item = page.getByRole('menuitem', { name: 'Download as a bundle' });
  return (await downloadOf(page, () => item.click())).bytes.toString('utf8');
}
