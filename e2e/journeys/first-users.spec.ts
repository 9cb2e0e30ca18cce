import { bundleOf, encodeLink } from '../../lib/bundle';
import { callId, fillRule, ruleId } from '../../lib/engine';
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
  await question.getByRole('button', { name: 'Save it active' }).click();
  await expect(editor).toBeHidden();
  await expect(bench.policy).toContainText(
    'The condition does not compile, so the gateway skips this rule for every call:',
  );
});

test('replacing a policy from a link keeps its tests and its catalog, and asks before others take their place', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  const banner = page.getByRole('region', { name: 'Preview' });
  const openLink = async (name: string, members: Parameters<typeof bundleOf>[2]) => {
    const rule = fillRule({ id: ruleId('r1'), name, effect: 'deny', tools: ['*'], condition: null });
    const link = encodeLink(bundleOf(name, { rules: [rule], settings: { gatedWhenFalse: 'continue' } }, members));
    if (!link.ok) throw new Error('this bundle does not fit into a link');
    await page.evaluate((hash) => void (location.hash = hash), link.fragment);
    await expect(banner).toContainText(`Preview of ${name}`);
  };
  const aTest = (name: string) => ({ name, call: { id: callId(name) }, expect: { effect: 'deny' as const } });
  const catalogHasTool = async (name: string) => {
    const catalog = await bench.openCatalog();
    await expect(catalog).toContainText(name);
    await page.keyboard.press('Escape');
    await expect(catalog).toBeHidden();
  };

  await openLink('Ours', {
    tests: [aTest('one'), aTest('two'), aTest('three')],
    catalog: { resources: [{ slug: 'kept-server', tools: [{ name: 'kept_tool' }] }] },
  });
  await banner.getByRole('button', { name: 'Save as a new policy' }).click();
  await expect(banner).toBeHidden();

  // The usual link: rules only.
  await openLink('Theirs', {});
  await banner.getByRole('button', { name: 'Replace Ours' }).click();
  await expect(banner).toBeHidden();
  await expect(bench.policy.getByTestId('tests-status')).toContainText('3 tests');
  await catalogHasTool('kept-server');

  // One with tests of its own: what would go is named first, and nothing is done until that is confirmed.
  await openLink('With tests', { tests: [aTest('four')] });
  await banner.getByRole('button', { name: 'Replace Theirs' }).click();
  const question = page.getByRole('dialog', { name: 'Replace Theirs?' });
  await expect(question).toContainText('Replaced by its own: 3 tests.');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(banner).toBeVisible();
});

test('a preview is a place, shown whole and edited in a copy; what leaves the page is asked to be with or without the edit', async ({
  page,
  browserName,
}) => {
  const bench = new Workbench(page);
  const hidden = `request.args.repo == "docs"\n  && request.args.branch.startsWith("feature/")\n  && request.args.size < 100\n  || "admin" in user.groups`;
  const rule = fillRule({
    id: ruleId('r1'),
    name: 'Small changes',
    effect: 'allow',
    tools: ['push_*'],
    description: 'For the docs team.\nNo other team needs it.',
    condition: hidden,
  });
  const link = encodeLink(bundleOf('Theirs', { rules: [rule], settings: { gatedWhenFalse: 'continue' } }));
  if (!link.ok) throw new Error('this bundle does not fit into a link');
  const banner = page.getByRole('region', { name: 'Preview' });
  await bench.open(`./${link.fragment}`);
  const row = bench.policy.getByRole('listitem').first();
  await expect(row).toContainText('No other team needs it.');
  await expect(row.getByText('|| "admin" in user.groups')).toBeInViewport();
  await page.reload();
  await expect(banner).toContainText('Preview of Theirs');
  await row.getByRole('button', { name: /^Edit a copy of rule 1,/ }).click();
  await expect(bench.editor.getByLabel('Name')).toHaveValue('Small changes');
  await page.goBack();
  await expect(banner).toContainText('Preview of Theirs');
  await page.goForward();
  await expect(banner).toBeHidden();

  // The edit is kept: the digest in the bar is with it, and every way out asks.
  await expect.poll(() => bench.digest()).toMatch(/^[0-9a-f]{64}$/);
  const saved = await bench.digest();
  await write(bench.editor.getByLabel('Name'), 'Any changes');
  await expect(page.getByRole('banner')).toContainText('with the unsaved rule');
  await expect.poll(() => bench.digest()).not.toBe(saved);
  await page.getByRole('button', { name: /^Policy: / }).click();
  await page.getByRole('menuitem', { name: 'Download as a bundle' }).click();
  const share = page.getByRole('dialog', { name: 'Share Theirs' });
  const withEdit = await share.getByTestId('link').inputValue();
  await share.getByRole('checkbox', { name: /^With the rule that you are editing/ }).uncheck();
  await expect(share).toContainText(`Policy digest ${saved.slice(0, 4)}·${saved.slice(4, 8)}`);
  await expect(share.getByTestId('link')).not.toHaveValue(withEdit);

  // On paper there is a report in place of the screen.
  if (browserName === 'firefox') return;
  await page.keyboard.press('Escape');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByTestId('print-report')).toContainText('1. Allow: Any changes');
  await expect(bench.trace).toBeHidden();
});
