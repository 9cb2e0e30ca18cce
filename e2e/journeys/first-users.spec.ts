import { bundleOf, encodeLink } from '../../lib/bundle';
import { fillRule, ruleId } from '../../lib/engine';
import { expect, test } from '../fixtures';
import { write } from '../typing';
import { Workbench } from './page';

test('ready conditions say what the engine decides, with the values chosen and the effect of the rule', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  await bench.fillPill('Tools', ['create_refund']);
  await bench.editor.getByRole('button', { name: 'Ready conditions' }).click();
  const picker = page.getByRole('dialog', { name: 'Ready conditions' });
  await write(picker.getByRole('searchbox'), 'amount up to');
  await picker.getByRole('button', { name: /^An amount up to a limit/ }).click();
  const samples = picker.getByTestId('ready-samples');
  // A new rule denies: what is up to the limit is left to the rules below.
  await expect(samples).toHaveText(
    /^Left to the rules below.*"amount":500\}.*Denied by this rule.*500\.5.*Denied by this rule/,
  );
  await write(picker.getByLabel('At most'), '100');
  await expect(samples).toHaveText(/^Left to the rules below.*"amount":100\}.*Denied by this rule.*100\.5/);
  await page.screenshot({ path: 'test-results/ready.png' });
});

test('a condition that does not compile is asked about, and its row says so', async ({ page, axe }) => {
  const bench = new Workbench(page);
  await bench.open();
  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  const { editor } = bench;
  await write(editor.getByLabel('Name'), 'No refunds');
  await bench.fillPill('Tools', ['*']);
  await bench.pill('Condition').click();
  await write(editor.getByLabel('Condition (CEL)'), 'request.args.amount >');
  await editor.getByRole('button', { name: 'Create rule' }).click();
  const question = editor.getByRole('alertdialog', { name: 'Save a rule that is skipped?' });
  await expect(question).toContainText('The gateway skips this rule for every call');
  await axe(page);
  await page.screenshot({ path: 'test-results/ask.png' });
  await question.getByRole('button', { name: 'Save it active' }).click();
  await expect(editor).toBeHidden();
  await expect(bench.policy).toContainText(
    'The condition does not compile, so the gateway skips this rule for every call:',
  );
  await page.screenshot({ path: 'test-results/row.png' });
});

test('replacing a policy from a link keeps its tests and its catalog', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  const catalog = async () => (await bench.openCatalog()).innerText();
  const before = await catalog();
  await page.keyboard.press('Escape');
  const rule = fillRule({ id: ruleId('r1'), name: 'Nothing', effect: 'deny', tools: ['*'], condition: null });
  const link = encodeLink(
    bundleOf('From a colleague', { rules: [rule], settings: { gatedWhenFalse: 'continue' } }, {}),
  );
  if (!link.ok) throw new Error('no link');
  await page.evaluate((hash) => {
    location.hash = hash;
  }, link.fragment);
  const banner = page.getByRole('region', { name: 'Preview' });
  await banner.getByRole('button', { name: /^Replace / }).click();
  await expect(banner).toBeHidden();
  await expect(bench.policy.getByRole('button', { name: /^Edit rule/ })).toHaveCount(1);
  expect(await catalog()).toBe(before);
});
