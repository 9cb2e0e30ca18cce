import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { chooseTheme } from '../theme';
import { write } from '../typing';
import { Workbench } from './page';

test('a ready condition takes the argument of the tool in hand, and a rule is made from a call', async ({
  page,
  axe,
}) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  await bench.editor.getByRole('button', { name: /^Effect/ }).click();
  await page.getByRole('menuitemradio', { name: /^Allow/ }).click();
  await bench.editor.getByRole('button', { name: /^Tools/ }).click();
  await page.keyboard.type('send_message');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await bench.editor.getByRole('button', { name: 'Ready conditions' }).click();
  const picker = page.getByRole('dialog', { name: 'Ready conditions' });
  // The first that fits the tool is filled in before anything is chosen.
  await expect(picker.getByRole('region', { name: 'Only some channels' })).toBeVisible();
  await write(picker.getByRole('searchbox'), 'channel');
  await picker.getByRole('button', { name: /^Only some channels/ }).click();
  await write(picker.getByLabel('Channels', { exact: true }), 'C_ONE, C_TWO');
  await expect(picker.getByTestId('ready-condition')).toHaveText(
    'has(request.args.channel_id) && request.args.channel_id in ["C_ONE", "C_TWO"]',
  );
  await axe(page);
  await picker.getByRole('button', { name: 'Use this condition' }).click();
  await expect(bench.editor.getByRole('button', { name: /^Condition/ })).toContainText('request.args.channel_id in');
  await bench.editor.getByRole('button', { name: 'Create rule' }).click();
  await expect(bench.editor).toBeHidden();

  await bench.decided();
  await bench.explanation.getByRole('button', { name: 'Make a rule' }).click();
  await page.getByRole('menuitem', { name: 'Deny calls like this…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Deny calls like this' });
  await expect(dialog.getByTestId('placed')).toHaveText(/^As rule \d+, above .* it decides this call: denied\.$/);
  const position = /As rule (\d+)/.exec(await dialog.getByTestId('placed').innerText())?.[1] ?? '';
  await axe(page);
  await dialog.getByRole('button', { name: 'Open in the editor' }).click();
  await expect(bench.editor).toBeVisible();
  await expect(bench.explanation.getByTestId('answer')).toHaveText(new RegExp(`^Denied by rule ${position}`));
  await bench.editor.getByRole('button', { name: 'Create rule' }).click();
  await expect(bench.editor).toBeHidden();
  await expect(bench.explanation.getByTestId('answer')).toHaveText(new RegExp(`^Denied by rule ${position}`));
});

test.describe('in the dark, on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  /** The page as a whole, and every dialog on it, which may scroll on its own. */
  const tooWide = (page: Page) =>
    page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('[role=dialog]')]
        .filter((element) => element.scrollWidth > Math.min(360, element.clientWidth))
        .map((element) => `${element.tagName} ${element.scrollWidth}`),
    );

  test('ready conditions and a rule from a call fit and can be read', { tag: '@chromium' }, async ({ page, axe }) => {
    test.slow();
    await chooseTheme(page, 'dark');
    const bench = new Workbench(page);
    await page.goto('./');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    const parts = page.getByRole('navigation', { name: 'Parts of the workbench' });
    await parts.getByRole('button', { name: 'Explanation' }).click();
    await bench.explanation.getByRole('button', { name: 'Make a rule' }).click();
    await page.getByRole('menuitem', { name: 'Deny calls like this…' }).click();
    await expect(page.getByTestId('placed')).toContainText('it decides this call: denied.');
    expect(await tooWide(page)).toEqual([]);
    await axe(page);
    await page.keyboard.press('Escape');

    await parts.getByRole('button', { name: 'Policy' }).click();
    await bench.policy.getByRole('button', { name: 'Add rule' }).click();
    await bench.editor.getByRole('button', { name: 'Ready conditions' }).click();
    const picker = page.getByRole('dialog', { name: 'Ready conditions' });
    expect(await tooWide(page)).toEqual([]);
    await axe(page);
    await write(picker.getByRole('searchbox'), 'channel');
    await picker.getByRole('button', { name: /^Only some channels/ }).click();
    await expect(picker.getByTestId('ready-condition')).toBeVisible();
    expect(await tooWide(page)).toEqual([]);
    await axe(page);
  });
});
