import { expect, test } from '../fixtures';
import { write } from '../typing';
import { Workbench } from './page';

// What is wrong with a policy, found before a call is made: seen while typing, shown by a call, repaired, undone; and what must never be.
test('a finding is seen while typing, its witness opened, its fix undone; an edit breaks an invariant', async ({
  page,
  axe,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  const rules = bench.policy.getByRole('button', { name: /^Edit rule/ });
  const dialog = page.getByRole('dialog', { name: 'Findings' });
  const gate = dialog.getByTestId('finding').filter({ hasText: 'gate-falls-through' });

  await test.step('a finding arrives while the condition is typed', async () => {
    await bench.policy.getByRole('button', { name: /^Edit rule 3/ }).click();
    const found = bench.editor.getByTestId('editor-findings');
    await expect(found).toContainText('This condition can fail');
    await write(bench.editor.getByLabel('Condition (CEL)'), 'request.args.amount > 5 && request.args.amount < 3');
    await expect(found).toContainText('This condition is never true');
    await bench.editor.getByRole('button', { name: 'Cancel' }).click();
  });

  await test.step('the witness of a finding is decided and explained, its fix is previewed, applied and undone', async () => {
    const row = bench.policy.getByRole('listitem').nth(1);
    await expect(row).toContainText('This gate can be passed');
    await row.getByRole('button', { name: 'Show a call' }).click();
    await expect(gate).toContainText('proven');
    await expect(gate.getByTestId('witness')).toContainText('Allowed by rule 4');
    await expect(gate.getByTestId('witness').getByRole('list')).toContainText('Only #general');
    await gate.getByRole('button', { name: 'Deny what the gate does not allow…' }).click();
    await expect(gate.getByTestId('impact-trace')).toContainText('change');
    await gate.getByRole('button', { name: 'Deny what the gate does not allow', exact: true }).click();
    await expect(gate).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(rules).toHaveCount(5);
    await page.keyboard.press('ControlOrMeta+Z');
    await expect(rules).toHaveCount(4);
  });

  const invariants = dialog.getByTestId('invariants');
  await test.step('an invariant is stated, and proven', async () => {
    await bench.policy.getByTestId('findings-status').click();
    await invariants.getByText('none is stated').click();
    await write(invariants.getByLabel('Add an invariant'), 'no one may ever call `delete_*`');
    await page.keyboard.press('Enter');
    await expect(invariants.getByTestId('invariant')).toContainText('proven');
    await axe(page);
    await page.keyboard.press('Escape');
  });

  await test.step('an edit breaks it: a call shows it, until the edit is undone', async () => {
    await bench.policy.getByRole('button', { name: /^Actions for rule 1,/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(bench.policy.getByTestId('findings-status')).toHaveAccessibleName(/1 error/);
    await bench.policy.getByTestId('findings-status').click();
    await invariants.getByText('1 does not hold').click();
    await invariants.getByRole('button', { name: 'Show the counterexample' }).click();
    await expect(invariants.getByTestId('witness')).toContainText('Allowed by rule 3');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+Z');
    await expect(bench.policy.getByTestId('findings-status')).not.toHaveAccessibleName(/error/);
  });

  await test.step('a question is answered by a call', async () => {
    await bench.policy.getByTestId('findings-status').click();
    const ask = dialog.getByTestId('ask');
    await ask.getByText('for a call that is decided').click();
    await write(ask.getByLabel('Show me'), 'a call that rule 1 decides');
    await page.keyboard.press('Enter');
    await expect(ask.getByTestId('witness')).toContainText('Denied by rule 1');
    await axe(page);
  });
});
