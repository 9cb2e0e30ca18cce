import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { write } from '../typing';
import { Workbench } from './page';

/** What the panel says while a row is dragged, once it is about the present position. */
async function moveWords(page: Page, position: number): Promise<string> {
  const panel = page.getByTestId('move-impact');
  await expect(panel).toContainText(`At position ${position} of`);
  await expect(panel).toHaveAttribute('aria-busy', 'false');
  return panel.getByRole('status').innerText();
}

const number = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1]?.replaceAll(',', ''));

const centre = async (target: Locator): Promise<{ x: number; y: number }> => {
  const box = await target.boundingBox();
  if (box === null) throw new Error('it is not drawn');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

const row = (bench: Workbench, position: number): Locator => bench.policy.getByRole('listitem').nth(position - 1);
const handle = (bench: Workbench, position: number): Locator =>
  bench.policy.getByRole('button', { name: new RegExp(`^Move rule ${position},`) });

test('while a row is dragged by mouse, the effect of dropping it is shown, and is correct', async ({ page, axe }) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  const [denied, allowed] = [await bench.decision('Denied'), await bench.decision('Allowed')];
  const names = await bench.ruleNames();
  await handle(bench, 1).hover();
  await page.mouse.down();
  const [own, below] = [await centre(row(bench, 1)), await centre(row(bench, 4))];
  await page.mouse.move(below.x, below.y - 20, { steps: 5 });
  await page.mouse.move(below.x, below.y, { steps: 5 });
  const words = await moveWords(page, 4);
  const changes = number(words, /^([\d,]+) decisions? changes?/);
  expect(changes).toBeGreaterThan(0);
  expect(number(words, /([\d,]+) from denied to allowed/)).toBe(changes);
  expect(words).toMatch(
    new RegExp(`Conflicts with rule 4, ${names[3]}: the two decide ${changes} calls of the trace and [\\d,]+ tools`),
  );
  // The row itself is marked; the gate, with which a rule that denies conflicts on no call, is not.
  await expect(row(bench, 4)).toContainText('conflict');
  await axe(page);
  // Over all calls, whatever is in the trace: each kind names the two rules whose order matters.
  const regions = page.getByTestId('move-regions');
  await expect(regions).toContainText('more permissive');
  await expect(regions.getByRole('listitem').first()).toContainText('becomes allowed: before denied by rule 1');
  // Back over its own place nothing changes; nothing was changed by looking.
  await page.mouse.move(own.x, own.y, { steps: 5 });
  expect(await moveWords(page, 1)).toMatch(/^No decision changes/);
  await expect(bench.policy.getByText('conflict', { exact: true })).toHaveCount(0);
  await page.mouse.move(below.x, below.y, { steps: 5 });
  await moveWords(page, 4);
  await page.mouse.up();
  await expect(page.getByTestId('move-impact')).toBeHidden();
  await expect.poll(() => bench.ruleNames()).toEqual([...names.slice(1), names[0]]);
  await expect.poll(() => bench.decision('Denied')).toBe(denied - changes);
  await expect.poll(() => bench.decision('Allowed')).toBe(allowed + changes);
});

test('the same by keyboard, announced, and cancelled with Escape', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  const names = await bench.ruleNames();
  const held = handle(bench, 4);
  await held.focus();
  await page.keyboard.press('Space');
  expect(await moveWords(page, 4)).toMatch(/^No decision changes/);
  await page.keyboard.press('ArrowUp');
  await moveWords(page, 3);
  await page.keyboard.press('ArrowUp');
  await moveWords(page, 2);
  await page.keyboard.press('ArrowUp');
  const words = await moveWords(page, 1);
  expect(words).toMatch(/^[\d,]+ decisions change among the [\d,]+ calls of .*: .*[\d,]+ from denied to allowed/);
  expect(words).toContain(`Conflicts with rule 1, ${names[0]}`);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('move-impact')).toBeHidden();
  await expect.poll(() => bench.ruleNames()).toEqual(names);
  // To a place by its number, with the same words beside it.
  await bench.policy.getByRole('button', { name: /^Actions for rule 4,/ }).click();
  await page.getByRole('menuitem', { name: 'Move to position…' }).click();
  await write(page.getByLabel('Position'), '1');
  expect(await moveWords(page, 1)).toBe(words);
});

test.describe('on touch', () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });

  test('a row that is dragged by touch shows the same', async ({ page, browserName, axe }) => {
    test.skip(browserName === 'firefox', 'fingers are driven through Chromium’s own protocol');
    const bench = new Workbench(page);
    await page.goto('./');
    await expect(bench.policy.getByText(/decided [\d,]+ calls? of the open trace/).first()).toBeAttached();
    const from = await centre(handle(bench, 1));
    const to = await centre(row(bench, 4));
    const devtools = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
      devtools.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: from.x, y }] });
    await touch('touchStart', from.y);
    // It is held once a finger has rested on it.
    await expect(page.getByTestId('move-impact')).toBeVisible();
    for (let step = 1; step <= 6; step++) await touch('touchMove', from.y + ((to.y - from.y) * step) / 6);
    expect(await moveWords(page, 4)).toMatch(/from denied to allowed.*Conflicts with rule 4/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await axe(page);
    await touch('touchEnd');
    await expect(page.getByTestId('move-impact')).toBeHidden();
  });
});
