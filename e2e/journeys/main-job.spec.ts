import { writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { downloadOf } from '../downloads';
import { expect, test } from '../fixtures';
import {
  AIRLINE,
  AIRLINE_CALLS,
  AIRLINE_CANCELLED,
  AIRLINE_ECONOMY,
  AIRLINE_UPDATES,
  CANCEL,
  GATE,
  Workbench,
} from './page';

test('craft rules, replay a trace, see which rule decided, and why', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  await bench.newPolicy();
  await bench.importFile(AIRLINE);
  await expect.poll(() => bench.decision('Allowed')).toBe(AIRLINE_CALLS);

  await bench.addRule(CANCEL);
  await expect.poll(() => bench.ruleNames()).toEqual(['No cancelling', 'Allow all']);
  await expect.poll(() => bench.decision('Denied')).toBe(AIRLINE_CANCELLED);
  await expect.poll(() => bench.hits()).toEqual([AIRLINE_CANCELLED, AIRLINE_CALLS - AIRLINE_CANCELLED, 0]);

  await bench.trace.getByRole('button', { name: /^Denied/ }).click();
  const rows = bench.trace.getByRole('grid').getByRole('row').filter({ hasNotText: 'Decision' });
  await expect(rows).toHaveCount(AIRLINE_CANCELLED);
  for (const row of await rows.all()) await expect(row).toContainText('cancel_reservation');
  await rows.first().click();
  await expect(bench.explanation.getByTestId('answer')).toHaveText(/^Denied by rule 1, No cancelling/);
  await bench.trace.getByRole('button', { name: 'Clear the filter' }).click();

  // A gate above an open rule restricts nothing: the hazard says so, and the setting changes it.
  await bench.addRule(GATE);
  await expect
    .poll(() => bench.hits())
    .toEqual([AIRLINE_ECONOMY, AIRLINE_CANCELLED, AIRLINE_CALLS - AIRLINE_ECONOMY - AIRLINE_CANCELLED, 0]);
  await expect(bench.policy).toContainText(`The gate was passed: ${AIRLINE_UPDATES - AIRLINE_ECONOMY} calls`);
  await bench.trace.getByRole('button', { name: /^Hazards/ }).click();
  await expect(rows).toHaveCount(AIRLINE_UPDATES - AIRLINE_ECONOMY);
  await rows.first().click();
  await expect(bench.explanation.getByTestId('answer')).toHaveText(
    /^Allowed by rule 3, Allow all — past the gate of rule 1, Economy only: request\.args\.cabin is "business", wanted "economy"/,
  );
  await bench.trace.getByRole('button', { name: 'Clear the filter' }).click();
  await bench.policy.getByLabel('deny the call').check();
  await expect.poll(() => bench.decision('Denied')).toBe(AIRLINE_CANCELLED + AIRLINE_UPDATES - AIRLINE_ECONOMY);

  // All of it is still there after a reload, undo included.
  const digest = await bench.digest();
  await bench.reload();
  await expect.poll(() => bench.digest()).toBe(digest);
  await expect.poll(() => bench.decision('Denied')).toBe(AIRLINE_CANCELLED + AIRLINE_UPDATES - AIRLINE_ECONOMY);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(() => bench.decision('Denied')).toBe(AIRLINE_CANCELLED);
  await page.getByRole('button', { name: /^Redo/ }).click();
  await expect.poll(() => bench.decision('Denied')).toBe(AIRLINE_CANCELLED + AIRLINE_UPDATES - AIRLINE_ECONOMY);
});

test('a rule is moved by mouse and by keyboard, and decisions follow', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  await bench.newPolicy();
  await bench.importFile(AIRLINE);
  await bench.addRule(CANCEL);
  await expect.poll(() => bench.decision('Denied')).toBe(AIRLINE_CANCELLED);

  const handle = bench.policy.getByRole('button', { name: 'Move rule 1, No cancelling' });
  const from = (await handle.boundingBox())!;
  const to = (await bench.policy.locator('li').nth(1).boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2, from.y + 20, { steps: 4 });
  await page.mouse.move(from.x + from.width / 2, to.y + to.height / 2 + 6, { steps: 12 });
  await page.mouse.up();
  await expect.poll(() => bench.ruleNames()).toEqual(['Allow all', 'No cancelling']);
  await expect.poll(() => bench.decision('Denied')).toBe(0);

  await bench.policy.getByRole('button', { name: 'Move rule 2, No cancelling' }).focus();
  await page.keyboard.press('Space');
  await expect(page.locator('[id^=DndLiveRegion]')).toContainText('No cancelling');
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('[id^=DndLiveRegion]')).toContainText('over position 1 of 2');
  await page.keyboard.press('Space');
  await expect.poll(() => bench.ruleNames()).toEqual(['No cancelling', 'Allow all']);
  await expect.poll(() => bench.decision('Denied')).toBe(AIRLINE_CANCELLED);
});

test('a shared link opens as a preview elsewhere: same digest, same decisions; damaged, it opens nothing', async ({
  page,
  visitor,
  site,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  await bench.newPolicy();
  await bench.importFile(AIRLINE);
  await bench.addRule(CANCEL);
  const denied = await bench.decision('Denied');
  const digest = await bench.digest();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = await page.getByTestId('link').inputValue();
  expect(link).toMatch(new RegExp(`^${site.url}#1\\.[\\w-]+\\.[0-9a-f]{12}$`));

  const other = new Workbench(await visitor());
  await other.open(link);
  const preview = other.page.getByRole('region', { name: 'Preview' });
  await expect(preview).toContainText('2 rules');
  expect(await preview.locator('[data-digest]').getAttribute('data-digest')).toBe(digest);
  // The link is a place: it stays in the address, and a reload shows the preview again.
  expect(new URL(other.page.url()).hash).toBe(new URL(link).hash);
  await other.page.reload();
  await expect(preview).toContainText('2 rules');
  await expect(other.policy).toContainText('Edit a copy');
  await other.importFile(AIRLINE);
  await expect.poll(() => other.decision('Denied')).toBe(denied);
  await preview.getByRole('button', { name: 'Save as a new policy' }).click();
  await expect(preview).toBeHidden();
  await expect.poll(() => other.digest()).toBe(digest);
  await expect.poll(() => other.ruleNames()).toEqual(['No cancelling', 'Allow all']);
  await other.page.goBack();
  await expect(preview).toContainText('2 rules');

  const third = new Workbench(await visitor());
  await third.open(link.slice(0, -1));
  await expect(third.page.getByRole('alert').filter({ hasText: 'not opened' })).toContainText(
    'the end of this link is missing',
  );
  await expect(third.page.getByRole('region', { name: 'Preview' })).toBeHidden();
  const own = await third.ruleNames();
  expect(own).not.toContain('No cancelling');
  expect(own.at(-1)).toBe('Allow all');
});

test('the command line decides as the page does, call for call', { tag: '@chromium' }, async ({ page }, testInfo) => {
  const bench = new Workbench(page);
  await bench.open();
  await bench.newPolicy();
  await bench.importFile(AIRLINE);
  await bench.addRule(CANCEL);
  await bench.addRule(GATE);
  await page.getByRole('button', { name: /^Policy: / }).click();
  const { name, bytes } = await downloadOf(page, () =>
    page.getByRole('menuitem', { name: 'Download as a bundle' }).click(),
  );
  const bundle = testInfo.outputPath(name);
  await writeFile(bundle, bytes);
  const { rules } = JSON.parse(bytes.toString('utf8')) as { rules: { id: string }[] };

  const top = join(import.meta.dirname, '..', '..');
  const output = execFileSync(process.execPath, ['scripts/policy.mjs', 'replay', bundle, AIRLINE, '--json'], {
    cwd: top,
    encoding: 'utf8',
  });
  const decided = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { effect: string; decidedBy: { kind: string; ruleId: string } });
  expect(decided).toHaveLength(AIRLINE_CALLS);

  const words = { allow: 'Allowed', deny: 'Denied', conditional: 'Conditional' } as Record<string, string>;
  const grid = bench.trace.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('Home');
  for (const [i, { effect, decidedBy }] of decided.entries()) {
    const row = grid.locator(`#call-${i}`);
    await expect(row).toContainText(`${words[effect]}`);
    await expect(row).toContainText(`by rule ${rules.findIndex((rule) => rule.id === decidedBy.ruleId) + 1}`);
    await page.keyboard.press('ArrowDown');
  }
});
