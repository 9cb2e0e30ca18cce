import { join } from 'node:path';
import { expect, test } from '../fixtures';
import { write } from '../typing';
import { Workbench } from './page';

const CALLS = join(import.meta.dirname, '..', 'testdata', 'general.json');

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** A new policy without rules but one, and the calls above beside it. */
async function general(bench: Workbench): Promise<void> {
  const { page } = bench;
  await bench.newPolicy();
  await bench.importFile(CALLS);
  await bench.addRule({
    name: 'Only #general',
    effect: 'Gated',
    tools: ['send_*'],
    condition: 'request.args.channel_id == "C_GENERAL"',
  });
  await bench.policy.getByRole('button', { name: 'Actions for rule 2, Allow all' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await bench.decided();
}

test('why a call was denied, what would change it, and why not another rule', async ({ page, axe }) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  await general(bench);
  const { explanation } = bench;
  const answer = explanation.getByTestId('answer');
  await expect(answer).toHaveText(
    'Denied: no rule matched; closest was rule 1, Only #general: request.args.channel_id is "C_RANDOM", wanted "C_GENERAL"',
  );
  await expect(explanation.getByTestId('recorded')).toHaveText(
    'Diverged. Recorded: allowed by Everything. This policy: denied, for no rule matched.',
  );

  // Each part of the condition has its value: by pointer, by the arrow keys, and in a list.
  await explanation.getByRole('button', { name: 'Values in the condition' }).click();
  const value = explanation.getByTestId('part-value');
  await expect(value).toHaveText('request.args.channel_id == "C_GENERAL"false');
  await explanation
    .getByRole('toolbar')
    .getByRole('button', { name: /: false$/ })
    .focus();
  await page.keyboard.press('ArrowRight');
  await expect(value).toHaveText('request.args.channel_id"C_RANDOM"');
  await explanation.getByRole('button', { name: 'All values as a list' }).click();
  await expect(explanation.getByRole('table').getByRole('row')).toHaveCount(4);

  // From the rule's step, and from its row in the policy.
  const off = explanation.locator('[data-step=not-active]');
  await off.getByRole('button', { name: 'Why not this rule?' }).click();
  await expect(off.getByTestId('why-not')).toContainText('It is switched off.');
  await expect(off.getByTestId('why-not')).toContainText('Allowed by rule 2, Allow all, if the rule were active.');
  await axe(page);
  await bench.policy.getByRole('button', { name: 'Actions for rule 1, Only #general' }).click();
  await page.getByRole('menuitem', { name: 'Why not for this call?' }).click();
  const dialog = page.getByRole('dialog', { name: 'Why not rule 1, Only #general?' });
  await expect(dialog).toContainText(
    'The condition of its gate is false: request.args.channel_id is "C_RANDOM", wanted "C_GENERAL".',
  );
  await expect(dialog).toContainText('if request.args.channel_id were "C_GENERAL"');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  // A report for a ticket, whole whatever the call holds.
  await explanation.getByRole('button', { name: 'Copy as Markdown' }).click();
  const copying = page.getByRole('dialog', { name: 'Copy the explanation' });
  await copying.getByText('as they are', { exact: true }).click();
  await copying.getByRole('button', { name: 'Copy', exact: true }).click();
  const report = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(report).toContain('**Denied: no rule matched; closest was rule 1, `Only #general`');
  expect(await report()).toMatch(
    /\n````json\n\{\n {2}"channel_id"[^]*\n````\n\nPolicy `[^`]+`, digest `[0-9a-f]{64}`\n$/,
  );

  // What is offered, tried, gives what it promises; the call in the trace stays as it is.
  const miss = explanation.getByRole('region', { name: 'What would change it' }).getByRole('listitem').first();
  await expect(miss).toContainText('Allowed by rule 1, Only #general, if request.args.channel_id were "C_GENERAL".');
  await miss.getByRole('button', { name: /^Try it/ }).click();
  const tried = explanation.getByTestId('what-if-answer');
  await expect(tried).toHaveText('What if:Allowed by rule 1, Only #general');
  await expect(answer).toContainText('As it was:Denied: no rule matched');
  await expect(explanation.getByTestId('what-if-changed')).toHaveText('Changed: request.args.channel_id');
  await expect.poll(() => bench.decision('Allowed')).toBe(0);
  await explanation.getByRole('button', { name: 'Add to the trace' }).click();
  await expect(answer).toHaveText('Allowed by rule 1, Only #general');
  await expect.poll(() => bench.decision('Allowed')).toBe(1);
  await expect.poll(() => bench.decision('Denied')).toBe(1);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`what if, in the ${colorScheme} theme on a phone`, () => {
    test.use({ colorScheme, viewport: { width: 360, height: 740 } });

    test(
      'facts are changed by keyboard, and nothing is wider than the screen',
      { tag: '@chromium' },
      async ({ page, axe }) => {
        await page.goto('./');
        const bench = new Workbench(page);
        await expect(bench.policy).toBeVisible();
        await page
          .getByRole('navigation', { name: 'Parts of the workbench' })
          .getByRole('button', { name: 'Explanation' })
          .click();
        const { explanation } = bench;
        await expect(explanation.getByTestId('answer')).toBeVisible();
        await explanation.getByRole('button', { name: 'What if…' }).focus();
        await page.keyboard.press('Enter');
        const panel = explanation.getByRole('region', { name: 'What if…' });
        await expect(panel.getByRole('heading', { name: 'What if…' })).toBeFocused();
        await expect(explanation.getByTestId('what-if-answer')).toContainText(/Allowed|Denied|Conditional/);
        await write(panel.getByLabel('Tool', { exact: true }), 'no_such_tool_anywhere');
        await expect(explanation.getByTestId('what-if-changed')).toContainText('tool.name');
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
        await axe(page);
        await panel.getByRole('button', { name: 'Reset' }).click();
        await expect(explanation.getByTestId('what-if-changed')).toContainText('nothing is stored');
        await panel.getByLabel('Tool', { exact: true }).press('Escape');
        await expect(panel).toBeHidden();
      },
    );
  });
}
