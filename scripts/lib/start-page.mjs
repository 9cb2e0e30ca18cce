/**
 * Uses a page that was drawn at build, and waits until it is started (components/first-screen). Others are started already.
 * @param {import('@playwright/test').Page} page
 */
export async function startPage(page) {
  if ((await page.evaluate(() => document.documentElement.dataset.start)) === 'waits')
    await page.keyboard.press('Shift');
  await page.locator('html:not([data-start])').waitFor({ state: 'attached' });
}
