import { expect, test } from '../fixtures';
import { write } from '../typing';

test('a lesson is solved, which the browser remembers, and others may be left out', async ({ page }) => {
  await page.goto('./docs/lessons/');
  const progress = page.getByText(/^\d of 8 solved$/);
  const frame = page.locator('#exercise-first-match').frameLocator('iframe');
  await expect(frame.getByTestId('exercise-status')).toHaveText('2 of 3 tests pass.');
  await expect(progress).toHaveText('0 of 8 solved');
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
