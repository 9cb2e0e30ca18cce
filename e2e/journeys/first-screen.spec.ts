import type { Page } from '@playwright/test';
import { expect, test, untilStarted } from '../fixtures';
import { Workbench } from './page';

test.use({ startsPages: false });

const stateOf = (page: Page) => page.evaluate(() => document.documentElement.dataset['start'] ?? 'started');

test('the first screen is there before any script, is the one that starts, and keeps what is done with it', async ({
  page,
  axe,
  visitor,
  browserName,
}) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script' || /worker/.test(request.url())) scripts.push(request.url());
  });
  await page.goto('./');
  const bench = new Workbench(page);
  await expect(bench.explanation.getByTestId('answer')).toContainText('Allowed by rule 4, Allow all');
  const names = await bench.ruleNames();
  const calls = await bench.trace.getByRole('status').innerText();
  const digest = await bench.digest();
  // A page that Firefox is driven to by a program counts as used.
  if (browserName === 'chromium') {
    expect(await stateOf(page)).toBe('waits');
    expect(scripts).toEqual([]);
  }
  await axe(page);

  // The first use is not lost, nor is the one after it.
  await bench.policy.getByRole('radio', { name: /^deny/ }).check();
  await bench.trace.getByRole('button', { name: /^Denied/ }).click();
  await untilStarted(page);
  await expect(bench.policy.getByRole('radio', { name: /^deny/ })).toBeChecked();
  await bench.policy.getByRole('radio', { name: /^go on/ }).check();
  await expect(bench.trace.getByRole('status')).toHaveText(/^10 of /);
  expect(await bench.ruleNames()).toEqual(names);
  expect(await bench.digest()).toBe(digest);
  await bench.trace.getByRole('button', { name: /^Denied/ }).click();
  await expect(bench.trace.getByRole('status')).toHaveText(calls);

  // Whoever was here finds their own work.
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.reload();
  await expect(page.locator('[data-drawn]')).toBeHidden();
  await untilStarted(page);
  await expect(bench.editor).toBeVisible();

  const other = await visitor();
  await other.goto('./');
  await other.keyboard.press('Control+K');
  await untilStarted(other);
  await expect(other.getByPlaceholder('What do you want to do?')).toBeFocused();
});

test('what is typed, pasted or put into the address before the start is not lost', async ({ page, visitor }) => {
  await page.goto('./');
  const bench = new Workbench(page);
  await bench.trace.getByRole('searchbox').focus();
  await page.keyboard.type('refund');
  await untilStarted(page);
  await expect(bench.trace.getByRole('searchbox')).toHaveValue('refund');
  await expect(bench.trace.getByRole('searchbox')).toBeFocused();
  await expect(bench.trace.getByRole('status')).toHaveText(/^\d+ of /);

  const second = await visitor();
  await second.goto('./');
  await second.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', '{"id":"a","tool":{"name":"x"}}\n{"id":"b","tool":{"name":"y"}}');
    const event = new Event('paste', { bubbles: true, cancelable: true });
    document.body.dispatchEvent(Object.defineProperty(event, 'clipboardData', { value: data }));
  });
  await untilStarted(second);
  await expect(second.getByRole('dialog', { name: 'Import a trace' })).toBeVisible();

  const third = await visitor();
  await third.goto('./');
  await third.evaluate(() => (location.hash = '1.damaged'));
  await untilStarted(third);
  await expect(third.getByRole('alert').first()).toBeVisible();
});

test('a comparison is drawn, and starts when it is used', { tag: '@chromium' }, async ({ page, axe }) => {
  await page.goto('./compare/');
  await expect(page.getByText('There is nothing to compare with yet')).toBeVisible();
  expect(await stateOf(page)).toBe('waits');
  await axe(page);
  await page.keyboard.press('Tab');
  await untilStarted(page);
  await expect(page.getByRole('link', { name: 'Policy playground' })).toBeFocused();
  await expect(page.getByText('There is nothing to compare with yet')).toBeVisible();
});
