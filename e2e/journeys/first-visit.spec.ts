import { expect, test } from '../fixtures';
import { write } from '../typing';
import { Workbench } from './page';

test('the first screen shows what this is for: a policy, a trace, decisions, and why', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  const names = await bench.ruleNames();
  expect(names.length).toBeGreaterThanOrEqual(3);
  expect(names.at(-1)).toBe('Allow all');
  await expect.poll(() => bench.decision('Allowed')).toBeGreaterThan(100);
  await expect.poll(() => bench.decision('Denied')).toBeGreaterThan(0);
  await expect(bench.explanation.getByTestId('answer')).toHaveText(
    /^Allowed by rule 4, Allow all — past the gate of rule 2, Only #general/,
  );
  await expect(bench.policy).toContainText('The gate was passed');
  await expect(page.getByText('saved', { exact: true })).toBeVisible();
});

test('a sample that was deleted does not come back', { tag: '@chromium' }, async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  await bench.trace.getByRole('button', { name: /A Tuesday at Acme/ }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete the trace' }).click();
  await expect(bench.trace).toContainText('A trace is a list of tool calls');
  await page.reload();
  await expect(bench.trace).toContainText('A trace is a list of tool calls');
  await expect(bench.policy.getByRole('button', { name: /^Edit rule/ })).not.toHaveCount(0);
});

test('calls are walked through by keyboard, and each says why', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  const grid = bench.trace.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('End');
  await expect(grid.getByRole('row', { selected: true })).toHaveAttribute(
    'aria-rowindex',
    String(
      (await bench.decision('Allowed')) + (await bench.decision('Denied')) + (await bench.decision('Conditional')) + 1,
    ),
  );
  await page.keyboard.press('Home');
  const id = bench.explanation.locator('dt', { hasText: /^Call$/ }).locator('+ dd');
  await expect(id).toHaveText('tue-001');
  await page.keyboard.press('ArrowDown');
  await expect(id).toHaveText('tue-002');
  await page.keyboard.press('Enter');
  await expect(bench.explanation).toBeFocused();
});

test('a call composed by hand is decided as it is typed, and added to the trace', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  await bench.trace.getByRole('button', { name: 'New call' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compose a call' });
  await write(dialog.getByLabel('Resource'), 'slack');
  await write(dialog.getByLabel('Tool', { exact: true }), 'send_message');
  const decision = dialog.getByTestId('composed-decision');
  await write(dialog.getByLabel(/^channel_id/), 'C_GENERAL');
  await expect(decision).toContainText(/Allowed by rule \d, Only #general/);
  await write(dialog.getByLabel(/^channel_id/), 'C_RANDOM');
  await expect(decision).toContainText('past the gate of');
  await dialog.getByRole('button', { name: 'Add to the trace' }).click();
  await expect(dialog).toBeHidden();
  await bench.decided();
  await expect(bench.explanation.getByTestId('answer')).toContainText('past the gate of');
  await bench.reload();
  await write(bench.trace.getByRole('searchbox'), 'C_RANDOM');
  await expect(bench.trace.getByRole('status')).toHaveText(/^[1-9]\d* of /);
});

test('two tabs agree on the policy, and either takes back what the other did', async ({ page, context }) => {
  const bench = new Workbench(page);
  await bench.open();
  const second = new Workbench(await context.newPage());
  await second.open();
  await second.addRule({ name: 'From the other tab', effect: 'Deny', tools: ['drop_*'] });
  await expect.poll(() => bench.ruleNames()).toContain('From the other tab');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(() => second.ruleNames()).not.toContain('From the other tab');
});

test(
  'rules can be duplicated, disabled, deleted and moved by number, and each step taken back',
  { tag: '@chromium' },
  async ({ page }) => {
    const bench = new Workbench(page);
    await bench.open();
    const names = await bench.ruleNames();
    const menu = async (position: number, item: string) => {
      await bench.policy.getByRole('button', { name: new RegExp(`^Actions for rule ${position},`) }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await menu(1, 'Duplicate');
    await expect.poll(() => bench.ruleNames()).toHaveLength(names.length + 1);
    await menu(1, 'Delete');
    await expect.poll(() => bench.ruleNames()).toHaveLength(names.length);
    await menu(1, 'Disable');
    await expect(bench.policy.getByText('Disabled')).toBeVisible();
    await menu(1, 'Move to position…');
    await write(page.getByLabel('Position'), String(names.length));
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await expect.poll(() => bench.ruleNames()).not.toEqual(names);
    for (let i = 0; i < 4; i++) {
      await expect(page.getByRole('button', { name: /^Undo: / })).toBeEnabled();
      await page.getByRole('button', { name: /^Undo: / }).click();
    }
    await expect.poll(() => bench.ruleNames()).toEqual(names);
    await expect(bench.policy.getByText('Disabled')).toBeHidden();
  },
);
