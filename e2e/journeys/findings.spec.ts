import { expect, test } from '../fixtures';
import { write } from '../typing';
import { Workbench } from './page';

// What is wrong with a policy, found before a call is made: seen while typing, shown by a call, repaired, taken back, dismissed.
test('a finding is seen while typing, its witness opened, its fix applied and undone, and it can be dismissed', async ({
  page,
  axe,
}) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();

  await test.step('the first screen shows a proven finding, with a call', async () => {
    const row = bench.policy.getByRole('listitem').nth(1);
    await expect(row).toContainText('This gate can be passed');
    await expect(row.getByTestId('rule-findings')).toHaveAccessibleName(/^Findings: 1 warning/);
    await row.getByRole('button', { name: 'Show a call' }).click();
    const finding = page.getByTestId('finding').filter({ hasText: 'gate-falls-through' });
    await expect(finding).toContainText('proven');
    await expect(finding.getByTestId('witness')).toContainText('Allowed by rule 4');
    await axe(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  await test.step('a finding arrives while the condition is typed', async () => {
    await bench.policy.getByRole('button', { name: /^Edit rule 3/ }).click();
    const found = bench.editor.getByTestId('editor-findings');
    await expect(found).toContainText('This condition can fail');
    await write(
      bench.editor.getByLabel('Condition (CEL)'),
      'has(request.args.amount) && request.args.amount > 500 && request.args.amount < 3',
    );
    await expect(found).toContainText('This condition is never true');
    await axe(page);
    await bench.editor.getByRole('button', { name: 'Cancel' }).click();
  });

  const status = bench.policy.getByTestId('findings-status');
  await test.step('a fix is previewed, applied and undone', async () => {
    await expect(bench.policy.getByRole('listitem').nth(2)).toContainText('This condition can fail');
    const before = (await status.getAttribute('aria-label')) ?? '';
    await status.click();
    const finding = page.getByTestId('finding').filter({ hasText: 'gate-falls-through' });
    await finding.getByRole('button', { name: 'Deny what the gate does not allow…' }).click();
    await expect(finding.getByTestId('impact-trace')).toContainText('change');
    await finding.getByRole('button', { name: 'Deny what the gate does not allow', exact: true }).click();
    await expect(finding).toBeHidden();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await expect(bench.policy.getByRole('button', { name: /^Edit rule/ })).toHaveCount(5);
    await page.keyboard.press('ControlOrMeta+Z');
    await expect(bench.policy.getByRole('button', { name: /^Edit rule/ })).toHaveCount(4);
    await expect(status).toHaveAccessibleName(before);
  });

  await test.step('a dismissed finding stays dismissed, and can be shown again', async () => {
    await bench.command('Findings: what');
    const dialog = page.getByRole('dialog', { name: 'Findings' });
    const finding = dialog.getByTestId('finding').filter({ hasText: 'gate-falls-through' });
    await finding.getByRole('button', { name: 'Dismiss…' }).click();
    await write(finding.getByLabel(/^Why this is as it should be/), 'Meant as a sample');
    await page.keyboard.press('Enter');
    await expect(finding).toBeHidden();
    await dialog.getByText('1 finding dismissed').click();
    await expect(dialog.getByTestId('dismissed')).toContainText('Meant as a sample');
    await page.keyboard.press('Escape');
    await bench.reload();
    await expect(bench.policy.getByRole('listitem').nth(1)).not.toContainText('This gate can be passed');
    await status.click();
    await dialog.getByText('1 finding dismissed').click();
    await dialog.getByRole('button', { name: 'Show again' }).click();
    await expect(finding).toBeVisible();
  });
});
