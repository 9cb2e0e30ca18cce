import type { Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { downloadOf } from '../downloads';
import { expect, test } from '../fixtures';
import { write } from '../typing';
import {
  deleteDatabase,
  fillDisk,
  killTab,
  openOutsider,
  prepareFullDisk,
  rowsOf,
  upgradeDatabase,
} from './browser-storage';
import { SAVED, Workbench } from './page';

const NOT_SAVED = /^Not saved/;

// The other tab shows a file of the site, which names no icon.
test.beforeEach(({ problems }) => problems.allow(/favicon\.ico/));

const duplicateFirst = async (bench: Workbench): Promise<void> => {
  await bench.policy.getByRole('button', { name: /^Actions for rule 1,/ }).click();
  await bench.page.getByRole('menuitem', { name: 'Duplicate' }).click();
};

const saved = (page: Page) => expect(page.getByRole('banner').getByText(SAVED)).toBeAttached();

/** All files of “Download my work”, by name. */
async function downloaded(page: Page): Promise<Record<string, string>> {
  const work = await downloadOf(page, () => page.getByRole('button', { name: 'Download my work' }).first().click());
  return Object.fromEntries(Object.entries(unzipSync(work.bytes)).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

/** Comes back in a new tab of the same browser. */
async function comeBack(page: Page): Promise<Workbench> {
  const bench = new Workbench(await page.context().newPage());
  await bench.open();
  return bench;
}

/** What is done while there is no room for rows of these tables, and what must be there in the end. */
const WRITES = [
  { what: 'a change of the policy', tables: ['policies'], act: duplicateFirst, shows: /copy/i },
  { what: 'a step of the log', tables: ['log'], act: duplicateFirst, shows: /copy/i },
  {
    what: 'a rule under edit',
    tables: ['drafts'],
    act: async (bench: Workbench) => {
      await bench.policy
        .getByRole('button', { name: /^Edit rule/ })
        .first()
        .click();
      await write(bench.editor.getByLabel('Name'), 'Half typed');
    },
    shows: /Half typed/,
  },
  {
    what: 'a new policy',
    tables: ['policies', 'log'],
    act: (bench: Workbench) => bench.newPolicy(),
    shows: /New policy/,
  },
] as const;

for (const { what, tables, act, shows } of WRITES) {
  const tag = what === 'a change of the policy' ? [] : '@chromium';
  test(
    `${what} for which there is no room is said to be unsaved, and saved when there is`,
    { tag },
    async ({ page, context }) => {
      await prepareFullDisk(context);
      const bench = new Workbench(page);
      await bench.open();
      await saved(page);
      const text = () =>
        page.evaluate(() => {
          const values = [...document.querySelectorAll('input')].map(({ value }) => value);
          return [document.body.innerText, ...values].join('\n');
        });
      await fillDisk(page, tables);
      await act(bench);
      const again = page.getByRole('button', { name: NOT_SAVED });
      await expect(again).toBeVisible();
      await again.click();
      await expect(again).toBeVisible();
      expect(await text()).toMatch(shows);
      await fillDisk(page, []);
      // The try before may still be under way: then it succeeds, and there is nothing to click.
      await again.click({ timeout: 5_000 }).catch(() => undefined);
      await saved(page);
      await page.reload();
      await bench.decided();
      expect(await text()).toMatch(shows);
    },
  );
}

test('data deleted by another tab count as unsaved, can be taken along, and are saved again', async ({
  page,
  context,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  await duplicateFirst(bench);
  await saved(page);
  const [names, digest] = [await bench.ruleNames(), await bench.digest()];
  const outsider = await openOutsider(context);
  await deleteDatabase(outsider);
  await expect(page.getByRole('alert').filter({ hasText: 'Storage was closed' })).toBeVisible();
  await expect(page.getByRole('button', { name: NOT_SAVED })).toBeVisible();
  expect(Object.keys(await downloaded(page)).filter((path) => path.endsWith('.policy.json'))).toHaveLength(1);
  await page.getByRole('button', { name: 'Save again' }).click();
  await saved(page);
  await page.reload();
  await bench.decided();
  expect(await bench.ruleNames()).toEqual(names);
  expect(await bench.digest()).toBe(digest);
});

test('a tab beside a newer version keeps what is saved, and says what to do', async ({ page, context }) => {
  const bench = new Workbench(page);
  await bench.open();
  await duplicateFirst(bench);
  await saved(page);
  const outsider = await openOutsider(context);
  const before = await rowsOf(outsider, 'policies');
  await upgradeDatabase(outsider);
  const newer = page.getByRole('alert').filter({ hasText: 'Another tab runs a newer version' });
  await expect(newer.getByRole('button', { name: 'Reload' })).toBeVisible();
  await duplicateFirst(bench);
  await expect(page.getByRole('button', { name: NOT_SAVED })).toBeVisible();
  const [bundle = ''] = Object.entries(await downloaded(page)).flatMap(([path, text]) =>
    path.endsWith('.policy.json') ? [text] : [],
  );
  expect(bundle.match(/copy/gi)?.length).toBeGreaterThan(1);
  expect(await rowsOf(outsider, 'policies')).toEqual(before);
  // A build that does not know that version leaves it alone, too.
  const late = await comeBack(page);
  await expect(late.page.getByRole('alert').filter({ hasText: 'newer version' })).toBeVisible();
  expect(await rowsOf(outsider, 'policies')).toEqual(before);
});

test('records that were damaged by hand are set aside, and what is shown is stored again', async ({
  page,
  context,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  await duplicateFirst(bench);
  await saved(page);
  const outsider = await openOutsider(context);
  await rowsOf(outsider, 'policies', { revision: 'x' });
  await duplicateFirst(bench);
  await expect(page.getByRole('alert').filter({ hasText: 'could not be read' })).toBeVisible();
  await saved(page);
  const names = await bench.ruleNames();
  expect(Object.keys(await downloaded(page))).toContain('quarantine/rows.json');
  await page.reload();
  await bench.decided();
  expect(await bench.ruleNames()).toEqual(names);
});

test('a tab that is killed loses nothing that was shown as saved, and no write is half done', async ({ page }) => {
  let bench = new Workbench(page);
  await bench.open();
  for (const isSaved of [true, false, false]) {
    const before = await bench.ruleNames();
    await duplicateFirst(bench);
    if (isSaved) await saved(bench.page);
    await expect.poll(() => bench.ruleNames()).toHaveLength(before.length + 1);
    const after = await bench.ruleNames();
    const dying = bench.page;
    bench = new Workbench(await dying.context().newPage());
    await killTab(dying);
    await bench.open();
    const found = await bench.ruleNames();
    expect(isSaved ? [after] : [before, after]).toContainEqual(found);
    if (found.length === after.length) {
      await bench.page.getByRole('button', { name: /^Undo/ }).click();
      await expect.poll(() => bench.ruleNames()).toEqual(before);
    }
  }
});

test('two tabs that edit one rule keep both edits, and are asked where both changed the same', async ({
  page,
  axe,
}) => {
  const one = new Workbench(page);
  await one.open();
  const two = await comeBack(page);
  for (const bench of [one, two]) await bench.policy.getByRole('button', { name: 'Edit rule 1,' }).click();
  await one.page.bringToFront();
  await write(one.editor.getByLabel('Name'), 'Named by one');
  await one.choose('Effect', 'Allow');
  await two.page.bringToFront();
  await write(two.editor.getByLabel('Name'), 'Named by two');
  await one.page.bringToFront();
  await one.editor.getByRole('button', { name: 'Save rule' }).click();
  await expect(one.editor).toBeHidden();
  await saved(one.page);
  await two.page.bringToFront();
  // The effect that was saved shows in the other tab's edit at once; the name is as it was typed there.
  await expect(two.pill('Effect')).toHaveAccessibleName(/Allow/);
  await expect(two.editor.getByRole('alert').filter({ hasText: 'Also changed' })).toContainText('name');
  await expect(two.editor.getByLabel('Name')).toHaveValue('Named by two');
  await two.editor.getByRole('button', { name: 'Save rule' }).click();
  const dialog = two.page.getByRole('dialog', { name: 'Two edits of one rule' });
  await expect(dialog.getByRole('button', { name: 'Save rule' })).toBeDisabled();
  await axe(two.page);
  await dialog.getByRole('radio', { name: /^Yours/ }).check();
  await dialog.getByRole('button', { name: 'Save rule' }).click();
  await expect(two.editor).toBeHidden();
  for (const bench of [one, two]) {
    await expect.poll(async () => (await bench.ruleNames())[0]).toBe('Named by two');
    await expect(bench.policy.getByRole('listitem').first()).toContainText(/allow/i);
  }
});

test('a clock that moves back and forth changes neither what is kept nor the order of steps', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  const states = [await bench.ruleNames()];
  for (const year of ['2036', '1999', '2030']) {
    await page.clock.setFixedTime(new Date(`${year}-01-01T00:00:00Z`));
    await bench.reload();
    expect(await bench.ruleNames()).toEqual(states.at(-1));
    await duplicateFirst(bench);
    await saved(page);
    states.push(await bench.ruleNames());
  }
  for (const state of states.toReversed().slice(1)) {
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(() => bench.ruleNames()).toEqual(state);
  }
});
