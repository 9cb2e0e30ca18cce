import { expect, test } from '../fixtures';
import { AIRLINE, AIRLINE_CALLS, Workbench } from './page';

// A policy built from what agents did, and a draft tried before it is active.
test('rules are suggested from a trace and taken; a draft is tried beside them and activated', async ({
  page,
  axe,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  await bench.importFile(AIRLINE, 'airline');
  await bench.emptyPolicy();
  const dialog = page.getByRole('dialog', { name: 'Suggest rules from the trace' });

  await test.step('an empty policy offers rules from the trace; only what was called is opened', async () => {
    await bench.policy.getByRole('button', { name: 'Suggest rules from the trace…' }).click();
    await expect(dialog.getByRole('radio', { name: 'All that are not recorded as denied' })).toBeFocused();
    await expect(dialog.getByTestId('suggested')).toHaveText(
      `1 rule allows ${AIRLINE_CALLS} of ${AIRLINE_CALLS} calls.`,
    );
    await expect(dialog.getByRole('region', { name: 'Checked by deciding' })).toContainText(
      'no other of these is opened',
    );
    await dialog.getByRole('checkbox', { name: /^Limited to what was seen/ }).check();
    await expect(dialog.getByRole('region', { name: 'Against the present rules' })).toContainText('request.args.');
    await expect(dialog.getByTestId('impact-trace')).toContainText(`${AIRLINE_CALLS} decisions change`);
    // The difference over all calls, as Compare shows it, with a call under both policies.
    const regions = dialog.getByTestId('permissions');
    await expect(regions).toContainText('more permissive: some calls become allowed');
    await regions.getByText(/decided otherwise$/).click();
    await regions
      .getByRole('button', { name: /^becomes allowed/ })
      .first()
      .click();
    await expect(regions.getByRole('region', { name: 'Now' })).toContainText('Allowed by rule 1');
    await axe(page);
    await page.keyboard.press('Escape');
    await expect(bench.policy.getByRole('button', { name: 'Suggest rules from the trace…' })).toBeFocused();
  });

  await test.step('what is taken allows every call of the trace, in one step', async () => {
    await bench.command('suggest rules');
    await dialog.getByRole('radio', { name: 'Every tool', exact: true }).check();
    await expect(dialog.getByRole('region', { name: 'Against the present rules' })).toContainText('every tool');
    await dialog.getByRole('radio', { name: 'Exactly the tools that were called' }).check();
    await dialog.getByRole('button', { name: 'Take 1 change' }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(() => bench.decision('Allowed')).toBe(AIRLINE_CALLS);
  });

  await test.step('a draft is tried beside them, and activated by one step', async () => {
    await bench.policy.getByRole('button', { name: /^Edit rule 1/ }).click();
    await bench.choose('Status', 'Draft');
    await bench.editor.getByRole('button', { name: 'Save rule', exact: true }).click();
    await expect.poll(() => bench.decision('Allowed')).toBe(0);
    const drafts = bench.policy.getByTestId('drafts');
    await bench.command('with drafts');
    await expect(drafts.getByTestId('impact-trace')).toContainText(`${AIRLINE_CALLS} decisions change`);
    await expect(drafts).toContainText('The decisions of the trace are those without drafts.');
    const kinds = drafts.getByRole('list', { name: 'What it would decide otherwise' }).getByRole('listitem');
    await expect(kinds.first()).toContainText('becomes allowed: before denied because no rule matches');
    await axe(page);
    await kinds.first().getByRole('button', { name: 'Show a call' }).click();
    const region = page.getByRole('dialog', { name: /were active$/ }).getByTestId('permissions');
    await expect(region.getByRole('region', { name: 'Before' })).toContainText('Denied');
    await expect(region.getByRole('region', { name: 'Now' })).toContainText('Allowed by rule 1');
    await axe(page);
    await page.keyboard.press('Escape');
    await drafts.getByRole('button', { name: /^Activate / }).click();
    await expect.poll(() => bench.decision('Allowed')).toBe(AIRLINE_CALLS);
    await page.keyboard.press('ControlOrMeta+Z');
    await expect.poll(() => bench.decision('Allowed')).toBe(0);
  });
});
