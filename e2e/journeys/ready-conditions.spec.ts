import { expect, test } from '../fixtures';
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
  await write(picker.getByRole('searchbox'), 'channel');
  await picker.getByRole('button', { name: /^Only some channels/ }).click();
  await write(picker.getByRole('textbox', { name: 'Channels' }), 'C_ONE, C_TWO');
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
