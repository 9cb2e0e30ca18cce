import { expect, test } from '../fixtures';
import { write } from '../typing';
import { Workbench } from './page';
import { choose } from './policy-menu';

const RULES = 300;

const LONG_POLICY = JSON.stringify({
  format: 'policy-bundle',
  version: 1,
  name: 'Long',
  rules: Array.from({ length: RULES }, (_, i) => ({
    id: `r${i + 1}`,
    name: `Rule no. ${i + 1}`,
    effect: i % 2 === 0 ? 'allow' : 'deny',
    tools: [`tool_${i + 1}_*`],
    ...(i % 3 === 0 ? { condition: `has(request.args.a) && request.args.a == ${i}` } : {}),
  })),
});

test('of a long policy the visible rules are drawn, and each is reached, found, dragged and moved', async ({
  page,
  axe,
}) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  const dialog = await choose(page, 'Open a policy…');
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'long.json', mimeType: 'application/json', buffer: Buffer.from(LONG_POLICY) });
  await dialog.getByRole('button', { name: /new policy/i }).click();
  const rows = bench.policy.locator('[data-rule]:not([data-rule="default"])');
  const nameOf = (position: number) =>
    bench.policy.getByRole('button', { name: new RegExp(`^Edit rule ${position}, `) });
  await expect(nameOf(1)).toBeVisible();
  expect(await rows.count()).toBeLessThan(80);
  await expect(rows.first()).toHaveAttribute('aria-setsize', String(RULES));
  await axe(page);

  // From the coverage of a rule to its row.
  const coverage = await choose(page, 'Coverage…');
  await expect(coverage.getByTestId('covered-rule').first()).toBeVisible();
  const counted = coverage.getByTestId('covered-rule').filter({ hasText: `Rule no. ${RULES}` });
  // Rows are as high as they are drawn, so the end moves on while one scrolls to it.
  const atTheEnd = (then: () => Promise<void>) =>
    expect(async () => {
      // A click that took longer than it was waited for has closed the dialog.
      if (await coverage.isHidden()) return;
      await coverage.locator('[data-scrolls]').evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await then();
    }).toPass({ timeout: 60_000 });
  await atTheEnd(() => expect(counted).toBeVisible({ timeout: 500 }));
  await axe(page);
  const toTheRule = coverage.getByRole('button', { name: `Go to rule ${RULES}, Rule no. ${RULES}` });
  await atTheEnd(() => toTheRule.dispatchEvent('click', {}, { timeout: 500 }));
  await expect(nameOf(RULES)).toBeFocused();
  await expect(nameOf(RULES)).toBeInViewport();
  await expect(nameOf(1)).toBeHidden();

  // The keyboard goes from row to row, further than was drawn at first.
  for (let i = 0; i < 60; i++) await page.keyboard.press('ArrowUp');
  await expect(bench.policy.locator(':focus')).toBeVisible();
  expect(await rows.count()).toBeLessThan(80);

  // A row is dragged past the end of what was drawn, up to where the list scrolls to.
  const scroller = bench.policy.locator('[data-scrolls]');
  await scroller.evaluate((element) => element.scrollTo(0, 0));
  await bench.policy.getByRole('button', { name: /^Move rule 1,/ }).hover();
  await page.mouse.down();
  const box = (await scroller.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + 40, box.y + box.height - 10, { steps: 8 });
  const panel = page.getByTestId('move-impact');
  await expect(async () => {
    const [, position] = /At position (\d+) of/.exec(await panel.innerText()) ?? [];
    expect(Number(position)).toBeGreaterThan(30);
  }).toPass({ timeout: 60_000 });
  await page.mouse.move(box.x + 40, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(panel).toBeHidden();
  await expect(nameOf(1)).toBeHidden();
  await scroller.evaluate((element) => element.scrollTo(0, 0));
  await expect(nameOf(1)).toHaveText('Rule no. 2');

  await bench.policy.getByRole('button', { name: 'Find and select rules' }).click();
  await write(bench.policy.getByRole('searchbox', { name: 'Search rules' }), 'deny');
  await expect(bench.policy.getByRole('status')).toHaveText(`${RULES / 2} of ${RULES} rules found`);
  expect(await rows.count()).toBeLessThan(80);
  await bench.policy.getByRole('checkbox', { name: 'Select all' }).check();
  await expect(bench.policy.getByRole('status')).toHaveText(`${RULES / 2} of ${RULES / 2} rules selected`);
});
