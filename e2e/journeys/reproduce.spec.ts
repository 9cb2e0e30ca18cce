import type { Locator, Page } from '@playwright/test';
import { bundleOf, encodeLink, writeBundle } from '../../lib/bundle';
import { run } from '../../lib/cli/testdata/harness';
import { EXPORTED_POLICY, exportedLog } from '../../lib/reproduce/testdata/exported-log';
import { downloadOf } from '../downloads';
import { expect, test } from '../fixtures';
import { chooseTheme } from '../theme';
import { write } from '../typing';
import { expectNamed } from './accessible-names';

const BUNDLE = bundleOf('Shop', EXPORTED_POLICY);
const LOG = { name: 'audit.ndjson', mimeType: 'application/x-ndjson', buffer: Buffer.from(exportedLog()) };

const CAUSES = ['Another fact 2', 'Policy changed later 1', 'Another reading 1', 'Condition errs 1'];

/** The page as a person sees it. */
const partsOf = (page: Page) => ({
  policy: page.getByRole('region', { name: '1. The policy' }),
  log: page.getByRole('region', { name: '2. What the gateway recorded' }),
  verdicts: page.getByRole('group', { name: 'Entries by verdict' }),
  causes: page.getByRole('group', { name: 'Divergences by cause' }),
  entries: page.getByRole('list', { name: 'Entries' }).getByRole('button'),
  entry: page.getByRole('region', { name: 'The chosen entry' }),
});

const causesOf = (entry: Locator) => entry.getByRole('list', { name: 'What explains it' }).getByRole('listitem');

/** The text of an element without the marks of quoted text. */
const plainTextOf = async (of: Locator): Promise<string> => (await of.innerText()).replaceAll('`', '');

/** For each entry that the command line reports, the words of its likeliest cause. */
async function causesByCommandLine(): Promise<readonly string[]> {
  const { out } = await run(['reproduce', 'p.json', 'l.ndjson'], {
    'p.json': writeBundle(BUNDLE),
    'l.ndjson': LOG.buffer.toString(),
  });
  return [...out.matchAll(/^ {2}1\. (.*)$/gm)].map(([, words = '']) => words.replaceAll('`', ''));
}

test('five divergences among 5,000 entries are found and explained, as by the command line', async ({
  page,
  axe,
  browserName,
  visitor,
}) => {
  test.slow();
  const parts = partsOf(page);
  await page.goto(`./reproduce/${encodedLink()}`);
  await expect(parts.policy.getByRole('status')).toContainText('Shop, 7 rules');
  await expect(page).toHaveURL(/\/reproduce\/$/);
  await parts.log.locator('input[type=file]').setInputFiles(LOG);
  await expect(parts.log.getByTestId('log-summary')).toHaveText('audit.ndjson, 5,000 entries, 1 change of the policy');

  await expect(parts.verdicts.getByRole('button')).toHaveText([
    'To look at 5',
    'Diverged 5',
    'Reproduced 4,995',
    'All 5,000',
  ]);
  await expect(parts.causes.getByRole('button')).toHaveText(CAUSES);
  await expect(parts.entries).toHaveCount(5);

  // By keyboard through all of them.
  const expected = await causesByCommandLine();
  expect(expected).toHaveLength(5);
  await parts.entries.first().focus();
  for (const [at, words] of expected.entries()) {
    await expect(parts.entries.nth(at)).toBeFocused();
    await expect.poll(() => plainTextOf(causesOf(parts.entry).first())).toContain(words);
    await page.keyboard.press('ArrowDown');
  }
  if (browserName === 'chromium') await axe(page);

  // The one entry that a cause is asked about, decided with the fact that it lacks.
  await parts.causes.getByRole('button', { name: /^Another fact/ }).click();
  await expect(parts.entries).toHaveCount(2);
  await parts.entry.getByRole('button', { name: 'Decide with it: cause 1' }).click();
  await expect(parts.entry.getByRole('heading').first()).toContainText('reproduced');
  await parts.entry.getByRole('button', { name: 'As recorded' }).click();
  await expect(parts.entry.getByRole('heading').first()).toContainText('diverged');

  // A log of thousands is drawn in part, and reached to its end.
  await parts.verdicts.getByRole('button', { name: /^All/ }).click();
  await parts.entries.first().focus();
  await page.keyboard.press('End');
  await expect(parts.entry).toContainText('e4999');
  expect(await parts.entries.count()).toBeLessThan(100);

  // The report has neither the people nor the values.
  await page.getByRole('button', { name: 'Report or case…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Report or case' });
  await expect(dialog.getByText('with the same verdicts and causes')).toBeVisible();
  if (browserName === 'chromium') await axe(page);
  const download = await downloadOf(page, () => dialog.getByRole('button', { name: 'Download the report' }).click());
  const report = download.bytes.toString();
  expect(report).toContain('- diverged: 5');
  expect(report).toContain('The policy was changed 12 minutes after the call');
  expect(report).not.toMatch(/ada@example\.com|grace@example\.com/);

  // The case is saved here, and a link of it shows the same in a profile that has nothing stored.
  await write(dialog.getByLabel('Name of the case'), 'Monday');
  await write(dialog.getByLabel('Notes'), 'Asked by support.');
  await expect(dialog.getByRole('button', { name: 'Save the case here' })).toBeEnabled();
  const link = await dialog.getByTestId('link').inputValue();
  await dialog.getByRole('button', { name: 'Save the case here' }).click();
  await expect(page.getByText('Saved Monday')).toBeVisible();
  const stranger = await visitor();
  await stranger.goto(link);
  await showsTheCase(stranger);
  await expect(stranger.getByRole('region', { name: 'Saved cases' })).toBeHidden();

  // It is listed on the next visit, unless the address asks for a fresh page.
  await page.goto('./reproduce/');
  const listed = page.getByRole('region', { name: 'Saved cases' }).getByRole('button', { name: /^Monday/ });
  await expect(listed).toBeVisible();
  await expectNamed(page, 'the list of cases');
  if (browserName === 'chromium') await axe(page);
  await listed.click();
  await showsTheCase(page);
  await page.goto('./reproduce/?fresh');
  await expect(parts.policy).toBeVisible();
  await page.reload({ waitUntil: 'networkidle' });
  await expect(page.getByRole('region', { name: 'Saved cases' })).toBeHidden();
});

async function showsTheCase(page: Page): Promise<void> {
  const note = page.getByRole('region', { name: 'Case', exact: true });
  await expect(note).toContainText('Case Monday');
  await expect(note).toContainText('Asked by support.');
  await expect(note.getByRole('status')).toHaveText('Its 5 findings are the same as when it was saved.');
  await expect(partsOf(page).causes.getByRole('button')).toHaveText(CAUSES);
}

test('an entry that lacks a fact says what its values decide, and is decided with the one that is supplied', async ({
  page,
  axe,
  browserName,
}) => {
  await chooseTheme(page, 'dark');
  const parts = partsOf(page);
  await page.goto('./reproduce/?fresh');
  const rules = Buffer.from(JSON.stringify(EXPORTED_POLICY.rules));
  await parts.policy
    .locator('input[type=file]')
    .setInputFiles({ name: 'rules.json', mimeType: 'application/json', buffer: rules });
  const call = {
    id: 'one',
    agent: { slug: 'x' },
    user: { groups: ['support'] },
    resource: { slug: 'shop' },
    tool: { name: 'create_refund' },
    recorded: { effect: 'deny' },
  };
  await write(parts.log.getByLabel('Or paste it here'), JSON.stringify(call));
  await parts.log.getByRole('button', { name: 'Read the log' }).click();
  await expect(parts.entry.getByRole('heading').first()).toContainText('not reproducible');
  const classes = parts.entry.getByRole('list', { name: 'What values of request.args.amount decide' });
  await expect(classes.getByRole('listitem')).toHaveCount(3);
  if (browserName === 'chromium') {
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 740 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await axe(page);
    }
  }
  await classes.getByRole('button', { name: 'Take one of these: class 2 of request.args.amount' }).click();
  await expect(parts.entry.getByLabel('Value of request.args.amount')).toHaveValue('501');
  await parts.entry.getByRole('button', { name: 'Decide with these facts' }).click();
  await expect(parts.entry.getByRole('heading').first()).toContainText('reproduced');
  await expect(parts.entry.getByRole('region', { name: 'This policy' })).toContainText(
    'Denied by rule 1, large-refunds',
  );
});

function encodedLink(): string {
  const encoded = encodeLink(BUNDLE);
  if (!encoded.ok) throw new Error('the policy does not fit into a link');
  return encoded.fragment;
}
