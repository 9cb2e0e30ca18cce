import { expect, test } from '../fixtures';
import { write } from '../typing';
import { Workbench } from './page';

test('rules are found by any of their words, and several are changed at once', async ({ page, axe }) => {
  const bench = new Workbench(page);
  await bench.open();
  const names = await bench.ruleNames();
  await bench.policy.getByRole('button', { name: 'Find and select rules' }).click();
  const found = bench.policy.getByRole('list', { name: 'Rules found' }).getByRole('listitem');
  const search = bench.policy.getByRole('searchbox', { name: 'Search rules' });
  await expect(search).toBeFocused();
  await write(search, 'nowhere');
  await expect(bench.policy.getByText('No rule contains these words.')).toBeVisible();
  await write(search, 'amount deny');
  await expect(found).toHaveCount(1);
  await expect(bench.policy.getByRole('status')).toHaveText(`1 of ${names.length} rules found`);
  // A rule keeps the position that it has in the policy.
  await found.getByRole('checkbox', { name: /^Select rule 3, / }).check();
  await write(search, '');
  await expect(found).toHaveCount(names.length);
  await found.getByRole('checkbox', { name: /^Select rule 1, / }).check();
  await expect(bench.policy.getByRole('status')).toHaveText(`2 of ${names.length} rules selected`);
  await axe(page);
  await bench.policy.getByRole('button', { name: 'Disable', exact: true }).click();
  await expect(found.filter({ hasText: 'Disabled' })).toHaveCount(2);
  await bench.decided();
  await expect.poll(() => bench.decision('Denied')).toBe(0);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(found.filter({ hasText: 'Disabled' })).toHaveCount(0);
  await bench.policy.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(found).toHaveCount(names.length - 2);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(found).toHaveCount(names.length);
  await search.press('Escape');
  await expect(found).toHaveCount(0);
  await expect.poll(() => bench.ruleNames()).toEqual(names);
});
