import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { bundleText, saveVersion } from './policy-menu';
import { AIRLINE, AIRLINE_CALLS, AIRLINE_CANCELLED, CANCEL, Workbench } from './page';

/** The comparison's page as a person sees it. */
const partsOf = (page: Page) => ({
  sentence: page.getByTestId('comparison'),
  matrix: page.getByRole('table', { name: 'Calls by their decision before and after' }),
  changes: page.getByRole('list', { name: 'Calls that change' }),
  calls: page.getByRole('list', { name: 'Calls of cancel_reservation' }).getByRole('button'),
  call: page.getByRole('region', { name: 'The chosen call' }),
  against: page.getByLabel('Compared with'),
  trace: page.getByLabel('Over the calls of'),
});

test('the page shows what the workbench says, beside it: live, after a reload, and on the way back', async ({
  page,
  context,
  browserName,
}) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  await bench.newPolicy();
  await bench.importFile(AIRLINE);
  await bench.addRule(CANCEL);
  await saveVersion(page, 'Tuesday');
  await page.getByRole('button', { name: 'Compare with Tuesday' }).click();
  const dialog = page.getByRole('dialog', { name: /^Compare/ });
  const none = `None of ${AIRLINE_CALLS} calls changes.`;
  await expect(dialog.getByTestId('comparison')).toHaveText(none);
  const link = dialog.getByRole('link', { name: /^Open as a page/ });
  await expect(link).toHaveAttribute('target', '_blank');
  const address = (await link.getAttribute('href')) ?? '';
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  const turn = async (how: 'Disable' | 'Activate') => {
    await bench.policy.getByRole('button', { name: /^Actions for rule 1/ }).click();
    await page.getByRole('menuitem', { name: how }).click();
  };
  await turn('Disable');
  const bar = page.getByTestId('baseline');
  await expect(bar).toContainText(`${AIRLINE_CANCELLED} of ${AIRLINE_CALLS} calls change`);

  // The figures of the page are those of the bar and of the dialog.
  const beside = await context.newPage();
  const parts = partsOf(beside);
  await beside.goto(new URL(address, page.url()).href);
  await expect(beside.getByRole('heading', { level: 1 })).toHaveText('Compare New policy with Tuesday');
  await expect(parts.sentence).toContainText(' calls change');
  await page.getByRole('button', { name: 'Show the changes' }).click();
  await expect(dialog.getByTestId('comparison')).toHaveText(await parts.sentence.innerText());
  await expect(dialog.getByRole('table')).toHaveText(await parts.matrix.innerText(), { useInnerText: true });
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  // A cell, its calls, and one of them under both policies, beside the list.
  const cell = beside.getByRole('button', { name: `${AIRLINE_CANCELLED} calls go from denied to allowed` });
  await cell.click();
  await parts.changes.getByRole('button').first().click();
  await expect(parts.calls).toHaveCount(AIRLINE_CANCELLED);
  await parts.calls.nth(1).click();
  const chosen = async () => {
    await expect(cell).toHaveAttribute('aria-pressed', 'true');
    await expect(parts.calls.nth(1)).toHaveAttribute('aria-pressed', 'true');
    await expect(parts.call.getByRole('region', { name: 'Before' })).toContainText('Denied by rule 1, No cancelling');
    await expect(parts.call.getByRole('region', { name: 'Now' })).toContainText('Allowed by rule 2, Allow all');
    await expect(parts.call.getByRole('list', { name: 'Each rule’s step, now' })).toContainText('No cancelling');
  };
  await chosen();
  await beside.reload();
  await chosen();

  // The whole of it to take along.
  if (browserName === 'chromium') {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await beside.getByRole('button', { name: 'Copy as Markdown' }).click();
    await expect(beside.getByText('Copied as Markdown')).toBeVisible();
    const copied = await beside.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('| cancel\\_reservation |  | rule 1, No cancelling | rule 2, Allow all | 8 |');
  }

  // Over all calls, without the trace: a proof, and a call that shows it under both policies.
  const permissions = beside.getByTestId('permissions');
  await expect(permissions.getByRole('status')).toContainText('more permissive: some calls become allowed');
  await permissions.getByText('1 kind of calls is decided otherwise').click();
  await permissions.getByRole('button', { name: /^becomes allowed/i }).click();
  await expect(permissions.getByRole('region', { name: 'Before' })).toContainText('Denied by rule 1, No cancelling');
  await expect(permissions.getByRole('region', { name: 'Now' })).toContainText('Allowed by rule 2, Allow all');

  // An edit in the other tab is seen here at once.
  await turn('Activate');
  await expect(parts.sentence).toHaveText(none);
  await expect(permissions.getByRole('status')).toContainText('equivalent: both decide every call');
  await expect(permissions.getByRole('button')).toHaveCount(0);
  await turn('Disable');
  await chosen();
  await page.getByRole('button', { name: /^Policy: / }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(beside.getByRole('heading', { name: 'This policy is not in this browser' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await chosen();

  // Another trace is a step of its own; the way back leads through all of them.
  await parts.trace.selectOption({ label: 'A Tuesday at Acme (sample) (269 calls)' });
  await expect(parts.sentence).toHaveText('1 of 269 calls changes: 1 newly allowed by Allow all.');
  await beside.goBack();
  await chosen();
  await beside.goBack();
  await expect(cell).toHaveAttribute('aria-pressed', 'true');
  await expect(parts.call).toContainText('Choose a call of the list');
  await beside.goForward();
  await chosen();

  // From here to the call in the workbench, and back to where one was.
  const id = await parts.calls.nth(1).locator('span').first().innerText();
  await parts.call.getByRole('link', { name: 'Show it in the workbench' }).click();
  const there = new Workbench(beside);
  await there.decided();
  await expect(there.explanation.getByTestId('answer')).toHaveText(/^Allowed by rule 2, Allow all/);
  await expect(there.explanation.getByRole('group', { name: 'The call' })).toContainText(id);
  await beside.goBack();
  await chosen();
});

test(
  'the page takes a bundle or another policy, and says of what is not there that it is not',
  { tag: '@chromium' },
  async ({ page }) => {
    test.slow();
    const bench = new Workbench(page);
    const parts = partsOf(page);
    const instead = page.getByRole('status', { name: 'No comparison' });
    await page.goto('./compare/');
    await expect(instead).toContainText('There is nothing to compare with yet');
    await bench.open();
    await bench.newPolicy();
    await bench.importFile(AIRLINE);
    await bench.addRule(CANCEL);
    const bundle = await bundleText(page);
    await bench.policy.getByRole('button', { name: /^Actions for rule 1/ }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await expect(page.getByRole('banner').getByText('saved', { exact: true })).toBeAttached();

    // What no address says is as in the workbench; a bundle is kept, and named by its digest.
    await page.goto('./compare/');
    await expect(instead).toContainText('Nothing to compare with is chosen');
    await parts.against.selectOption({ label: 'A link, a bundle’s file or text…' });
    await page.locator('input[type=file]').setInputFiles({
      name: 'before.policy.json',
      mimeType: 'application/json',
      buffer: Buffer.from(bundle),
    });
    const changed = new RegExp(`^${AIRLINE_CANCELLED} of ${AIRLINE_CALLS} calls change`);
    await expect(parts.sentence).toHaveText(changed);
    await page.reload();
    await expect(parts.sentence).toHaveText(changed);
    await parts.against.selectOption({ label: 'Acme support desk' });
    await expect(parts.sentence).not.toHaveText(changed);
    await expect(parts.sentence).toContainText(`of ${AIRLINE_CALLS} calls`);
    await page.goBack();
    await expect(parts.sentence).toHaveText(changed);

    // The workbench is as it was left: what is looked at on the page is the page's own business.
    await page.getByLabel('Policy, as it is saved now').selectOption({ label: 'Acme support desk' });
    await expect(page).toHaveURL(/policy=p-first/);
    await page.getByRole('link', { name: 'Policy playground' }).click();
    await bench.decided();
    await expect(page.getByRole('button', { name: 'Policy: New policy' })).toBeVisible();
    await expect(page.getByTestId('baseline')).toBeHidden();

    for (const [fragment, title] of [
      ['policy=p-gone', 'This policy is not in this browser'],
      ['policy=p-first&against=policy.p-first', 'A policy cannot be compared with itself'],
      ['policy=p-first&against=version.v-gone', 'The baseline of this comparison is not in this browser'],
      [`policy=p-first&against=bundle.${'0'.repeat(64)}`, 'The baseline of this comparison is not in this browser'],
    ]) {
      await page.goto(`./compare/#${fragment}&trace=gone&cell=allow.nothing`);
      await expect(instead.getByRole('heading')).toHaveText(title ?? '');
      await expect(page.getByRole('main').getByRole('alert')).toContainText('could not be read (cell)');
      await expect(parts.sentence).toBeHidden();
    }
    // From there on: what there is can be chosen.
    await parts.against.selectOption({ label: 'New policy' });
    await expect(instead.getByRole('heading')).toHaveText('This trace is not in this browser');
    await parts.trace.selectOption({ index: 1 });
    await expect(parts.sentence).toContainText(/ calls change/);
    await page.goto(`${page.url()}&call=999999`);
    await expect(parts.call).toContainText('no call at the position');
  },
);
