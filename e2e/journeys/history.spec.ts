import { downloadOf } from '../downloads';
import { expect, test } from '../fixtures';
import { Workbench } from './page';
import { choose } from './policy-menu';

test('a step is seen with what it moved, branched and brought back; a policy is archived; everything arrives in another browser @chromium', async ({
  page,
  visitor,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  const rulesOf = (of: Workbench) => of.policy.getByRole('button', { name: /^Edit rule/ });
  const rules = rulesOf(bench);
  const count = await rules.count();
  await bench.policy.getByRole('button', { name: /^Actions for rule 1,/ }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(rules).toHaveCount(count - 1);

  const history = await choose(page, 'History…');
  const step = history.getByTestId('history-step');
  await expect(step).toHaveCount(1);
  await expect(step.getByTestId('moved')).toHaveText(/^\d+ decisions? moved$/);
  await step.getByRole('button', { expanded: false }).click();
  await expect(step.getByRole('list', { name: 'Changes' })).toContainText('Removed');
  await history.getByRole('button', { name: 'Branch from the policy at the start' }).click();
  await expect(page.getByRole('button', { name: 'Policy: Acme support desk (at the start)' })).toBeVisible();
  await expect(rules).toHaveCount(count);

  // The first one goes into the archive, and keeps its step there.
  const policies = await choose(page, 'All policies and archive…');
  await policies.getByRole('button', { name: 'Archive Acme support desk', exact: true }).click();
  const archive = policies.getByRole('region', { name: 'Archive' });
  await expect(archive).toContainText('Acme support desk');
  await policies.getByRole('button', { name: 'Close' }).first().click();

  const openData = async (of: Workbench) => {
    await of.command('Data in this browser');
    return of.page.getByRole('dialog', { name: 'Data in this browser' });
  };
  const data = await openData(bench);
  await page.evaluate(() => localStorage.setItem('policy-playground.theme', 'dark'));
  const { name, bytes } = await downloadOf(page, () => data.getByRole('button', { name: 'Download my work' }).click());

  const other = await visitor();
  const otherBench = new Workbench(other);
  await other.goto('./');
  await expect(rulesOf(otherBench).first()).toBeVisible();
  const chooser = (await openData(otherBench)).locator('input[type=file]');
  await chooser.setInputFiles({ name, mimeType: 'application/zip', buffer: bytes });
  const incoming = other.getByRole('dialog', { name: 'Import a download' });
  await expect(incoming.getByTestId('import-work')).toContainText('The file is complete');
  await incoming.getByRole('button', { name: 'Import everything' }).click();
  await expect(incoming.getByTestId('import-work')).toContainText(/^Imported 2 policies, \d traces?/);
  await incoming.getByRole('button', { name: 'Close' }).first().click();
  expect(await other.evaluate(() => localStorage.getItem('policy-playground.theme'))).toBe('dark');
  const arrived = await choose(other, 'All policies and archive…');
  await arrived
    .getByRole('region', { name: 'Archive' })
    .getByRole('button', { name: /^Bring back/ })
    .click();
  await expect(rulesOf(otherBench)).toHaveCount(count - 1);
  const kept = await choose(other, 'History…');
  await expect(kept.getByTestId('history-step')).toContainText('Delete');
  await kept.getByRole('button', { name: 'Bring back the policy at the start' }).click();
  await expect(rulesOf(otherBench)).toHaveCount(count);
});
