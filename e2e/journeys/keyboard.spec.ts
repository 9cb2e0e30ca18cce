import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { write } from '../typing';
import { expectNamed } from './accessible-names';
import { Workbench } from './page';

/** Opens each dialog of the workbench: what is typed into the palette, or a way of its own; and the dialog's title. */
const DIALOGS: readonly (readonly [string | ((page: Page) => Promise<void>), string | RegExp])[] = [
  ['Import a trace', 'Import a trace'],
  ['Compose a call', /call/],
  ['Share this policy', /^Share/],
  ['Open a policy:', /^Open/],
  ['Catalog of', 'Catalog'],
  ['Effective access', /access/i],
  ['Compare with a version', /^Compare/],
  ['Versions:', 'Versions'],
  ['Tests of this', /^Tests/],
  ['Coverage', /^Coverage/],
  ['Data in this browser', /^Data/],
  ['Help and', 'How this works'],
  [(page) => ofMenu(page, /^Actions for rule 2,/, 'Move to position…'), /^Move/],
  [(page) => ofMenu(page, /^Actions for rule 2,/, 'Why not for this call?'), /./],
  [(page) => ofMenu(page, /^Policy: /, 'Rename…'), 'Rename the policy'],
  [(page) => ofMenu(page, /^Policy: /, 'History…'), /^History of/],
  [(page) => ofMenu(page, /^Policy: /, 'All policies and archive…'), 'Policies in this browser'],
];

async function ofMenu(page: Page, button: RegExp, item: string): Promise<void> {
  await page.getByRole('button', { name: button }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: item }).click();
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    return `${element?.tagName ?? ''} ${element?.getAttribute('aria-label') ?? element?.textContent ?? ''}`;
  });

/** What a dialog is to focus: its first field, else the part that scrolls. */
const startOf = (dialog: Locator): Promise<boolean> =>
  dialog.evaluate((element) => {
    const fields = element.querySelectorAll<HTMLElement>(
      '[data-scrolls] :is(input:not([type=hidden], [type=file]), textarea, select):enabled',
    );
    return document.activeElement === (fields[0] ?? element.querySelector('[data-scrolls]'));
  });

test('every dialog focuses its first field, names its controls, and gives the focus back', async ({ page }) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  await expect(bench.explanation.getByTestId('answer')).toBeVisible();
  await expectNamed(page, 'the workbench');
  for (const [way, title] of DIALOGS) {
    const origin = bench.policy.getByRole('button', { name: /^Edit rule 2,/ });
    if (typeof way === 'string') {
      await origin.focus();
      await bench.command(way);
    } else await way(page);
    const dialog = page.getByRole('dialog', { name: title }).filter({ has: page.locator('[data-scrolls]') });
    await expect(dialog).toBeVisible();
    await expect.poll(() => startOf(dialog), `the focus in ${title}`).toBe(true);
    await expectNamed(page, String(title));
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    if (typeof way === 'string') await expect(origin, `after ${title}`).toBeFocused();
    else await expect.poll(() => focused(page), `after ${title}`).toMatch(/^BUTTON (?:Actions for rule 2|Policy: )/);
  }
});

test('by keyboard: rules are one stop, F6 goes from part to part, and the focus is where the work was', async ({
  page,
  browserName,
}) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  const nameOf = (position: number) =>
    bench.policy.getByRole('button', { name: new RegExp(`^Edit rule ${position},`) });
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the policy' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(nameOf(1)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(nameOf(2)).toBeFocused();
  await page.keyboard.press('F6');
  await expect(bench.trace.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Shift+F6');
  await expect(nameOf(2)).toBeFocused();
  // A finding that arrives meanwhile adds a control to the row.
  await expect(async () => {
    await page.keyboard.press('End');
    await page.keyboard.press('Tab');
    await expect(bench.policy.locator('[data-rule] :focus')).toHaveCount(0, { timeout: 1_000 });
  }).toPass();

  // Escape on an edit that changes nothing closes it; the focus is on the rule.
  await nameOf(2).focus();
  await page.keyboard.press('Enter');
  await expect(bench.editor.getByRole('heading', { name: 'Edit rule' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(nameOf(2)).toBeFocused();

  // A name that matches no tool is not added while tools begin with it.
  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  await expectNamed(page, 'a new rule');
  await bench.pill('Tools').click();
  const tools = bench.picker('Tools').getByRole('combobox');
  await write(tools, 'create');
  await expect(bench.picker('Tools').getByRole('option').first()).toContainText('create');
  await tools.press('Enter');
  await tools.press('Escape');
  await expect(bench.pill('Tools')).not.toHaveText('create');
  await write(bench.editor.getByLabel('Name'), 'No creating');
  await bench.editor.getByRole('button', { name: 'Create rule' }).click();
  await expect(bench.policy.getByRole('button', { name: /^Edit rule 1, .*No creating/ })).toBeFocused();

  // After a rule is deleted, the one in its place.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(nameOf(1)).toBeFocused();
  await bench.command('New policy');
  await expect(bench.policy.getByRole('button', { name: /^Edit rule/ })).toHaveCount(1);
  await expect.poll(() => focused(page)).not.toMatch(/^BODY/);

  // An edge of a pane is moved and folds it by keys, and that is remembered.
  const edge = page.getByRole('separator', { name: 'Height of the explanation' });
  await edge.focus();
  await page.keyboard.press('Enter');
  await expect(bench.explanation).toBeHidden();
  await bench.reload();
  await expect(bench.explanation).toBeHidden();
  // Firefox, as it is driven here, makes two single clicks of it.
  if (browserName === 'firefox') return;
  await edge.dblclick();
  await expect(bench.explanation).toBeVisible();
});
