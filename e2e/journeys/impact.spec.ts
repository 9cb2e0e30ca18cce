import { expect, test } from '../fixtures';
import { AIRLINE, AIRLINE_CALLS, AIRLINE_CANCELLED, Workbench } from './page';

async function newRuleOnAirline(bench: Workbench): Promise<void> {
  await bench.open();
  await bench.newPolicy();
  await bench.importFile(AIRLINE);
  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  await expect(bench.editor).toBeVisible();
}

async function chooseTool(bench: Workbench, pattern: string): Promise<void> {
  await bench.editor.getByRole('button', { name: /^Tools/ }).click();
  await bench.page.keyboard.type(pattern);
  await bench.page.keyboard.press('Enter');
  await bench.page.keyboard.press('Escape');
}

test('the preview says what replay then shows, and the calls that change', async ({ page, axe }) => {
  test.slow();
  const bench = new Workbench(page);
  await newRuleOnAirline(bench);
  const panel = bench.editor.getByTestId('impact');
  await expect(panel.getByTestId('impact-trace')).toContainText(`No decision changes among the ${AIRLINE_CALLS} calls`);
  await chooseTool(bench, 'cancel_*');
  await expect(panel.getByTestId('impact-trace')).toContainText(`${AIRLINE_CANCELLED} decisions change`);
  await expect(panel.getByTestId('impact-trace')).toContainText(`${AIRLINE_CANCELLED} from allowed to denied`);
  await expect
    .poll(() => bench.promised())
    .toEqual({ allow: AIRLINE_CALLS - AIRLINE_CANCELLED, deny: AIRLINE_CANCELLED });
  await panel.getByRole('button', { name: 'Show the calls' }).click();
  const calls = panel.getByRole('list', { name: 'Calls that change' }).getByRole('button');
  await expect(calls).toHaveCount(AIRLINE_CANCELLED);
  expect((await calls.allInnerTexts()).every((text) => text.includes('cancel_reservation'))).toBe(true);
  await axe(page);
  await calls.first().click();
  await expect(bench.explanation.getByTestId('answer')).toHaveText(/^Denied by rule 1/);

  const promised = await bench.promised();
  await bench.editor.getByRole('button', { name: 'Create rule' }).click();
  await expect(bench.editor).toBeHidden();
  await expect
    .poll(async () => ({ allow: await bench.decision('Allowed'), deny: await bench.decision('Denied') }))
    .toEqual(promised);
});

test('a gate that restricts nothing is said to, before it is saved', async ({ page }) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  const passed = Number(/The gate was passed: (\d+)/.exec(await bench.policy.innerText())?.[1]);
  expect(passed).toBeGreaterThan(0);
  const setStatus = async (word: string) => {
    await bench.policy.getByRole('button', { name: /^Edit rule 2/ }).click();
    await bench.editor.getByRole('button', { name: /^Status/ }).click();
    await page.getByRole('menuitemradio', { name: new RegExp(`^${word}`) }).click();
  };
  await setStatus('Disabled');
  const panel = bench.editor.getByTestId('impact');
  await expect(panel.getByTestId('impact-trace')).toContainText('No decision changes');
  await bench.editor.getByRole('button', { name: 'Save rule' }).click();
  await setStatus('Active');
  await expect(panel).toContainText(`allowed by a lower rule: ${passed} more`);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('the preview fits', { tag: '@chromium' }, async ({ page, axe }) => {
    await page.goto('./');
    await page.getByRole('button', { name: /^Edit rule 1/ }).click();
    const panel = page.getByTestId('impact');
    await panel.scrollIntoViewIfNeeded();
    await expect(panel).toHaveAttribute('aria-busy', 'false');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await axe(page);
  });
});
