import { readFileSync } from 'node:fs';
import { encodeLink, readBundle } from '../../lib/bundle';
import { run } from '../../lib/cli/testdata/harness';
import { expect, test } from '../fixtures';
import { chooseTheme } from '../theme';
import { write } from '../typing';
import { bundleText, choose, saveVersion } from './policy-menu';
import { AIRLINE, AIRLINE_CALLS, AIRLINE_CANCELLED, AIRLINE_UPDATES, CANCEL, GATE, Workbench } from './page';

/** What the command line says on standard error, as the page words it. */
const worded = (line: string): string => line.replaceAll('`', '').replace(/^./, (letter) => letter.toUpperCase());

test('a version is pinned, the bar follows each edit, and the changes are those of the command line', async ({
  page,
}) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  await bench.newPolicy();
  await bench.importFile(AIRLINE);
  await bench.addRule(CANCEL);
  const before = await bundleText(page);
  await saveVersion(page, 'Tuesday');
  await page.getByRole('button', { name: 'Compare with Tuesday' }).click();
  const dialog = page.getByRole('dialog', { name: /^Compare/ });
  const none = `None of ${AIRLINE_CALLS} calls changes.`;
  await expect(dialog.getByTestId('comparison')).toHaveText(none);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  const bar = page.getByTestId('baseline');
  await expect(bar).toHaveText(`Against Tuesday: none of ${AIRLINE_CALLS} calls changes`);

  // While a rule is written the bar follows it; saving and reloading change nothing of that.
  await bench.addRule(GATE);
  await bench.policy.getByLabel('deny the call').check();
  await expect(bar).toContainText(/: 2 of 65 calls change: 2 newly denied by Economy only/);
  await bench.policy.getByRole('button', { name: /^Actions for rule 2/ }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await expect(bar).toContainText(`${AIRLINE_CANCELLED + 2} of ${AIRLINE_CALLS} calls change`);
  await bench.reload();
  await expect(bar).toContainText(`${AIRLINE_CANCELLED + 2} of ${AIRLINE_CALLS} calls change`);

  const after = await bundleText(page);
  const compared = await run(['diff', 'before.json', 'after.json', 'airline.json'], {
    'before.json': before,
    'after.json': after,
    'airline.json': readFileSync(AIRLINE, 'utf8'),
  });
  expect(compared.code).toBe(1);
  const lines = compared.err.trim().split('\n');
  const sentence = lines.findIndex((line) => line.includes(' calls change'));
  await page.getByRole('button', { name: 'Show the changes' }).click();
  await expect(dialog.getByTestId('comparison')).toHaveText(
    lines
      .slice(sentence)
      .map((line) => `${worded(line)}.`)
      .join(' '),
  );
  for (const move of lines.filter((line) => line.includes(' → '))) {
    const [, from, to, count] = /^(\w+) → (\w+): (\d+)$/.exec(move) ?? [];
    if (count === undefined) continue;
    const word = { allow: 'allowed', deny: 'denied', conditional: 'conditional' };
    const [was, is] = [word[from as 'allow'], word[to as 'allow']];
    const name = from === to ? `${count} calls stay ${was}` : `${count} calls go from ${was} to ${is}`;
    await expect(dialog.getByRole('button', { name, exact: true })).toBeVisible();
  }

  // Behind each cell its calls, by tool and pair of rules; one of them under both policies.
  await dialog.getByRole('button', { name: `${AIRLINE_CANCELLED} calls go from denied to allowed` }).click();
  const groups = dialog.getByRole('list', { name: 'Calls that change' }).getByRole('listitem');
  await expect(groups).toHaveCount(1);
  await expect(groups).toContainText('was: rule 1, No cancelling → now: rule 3, Allow all');
  await groups.getByRole('button').click();
  const calls = dialog.getByRole('list', { name: 'Calls of cancel_reservation' }).getByRole('button');
  await expect(calls).toHaveCount(AIRLINE_CANCELLED);
  await calls.first().click();
  const call = dialog.getByTestId('compared-call');
  await expect(call).toContainText('Denied by rule 1, No cancelling');
  await expect(call).toContainText('Allowed by rule 3, Allow all');
  await call.getByRole('button', { name: 'Show it in the workbench' }).click();
  await expect(dialog).toBeHidden();
  await expect(bench.explanation.getByTestId('answer')).toHaveText(/^Allowed by rule 3, Allow all/);

  // The same effect by another rule is no change, and not nothing either.
  await page.getByRole('button', { name: 'Show the changes' }).click();
  await dialog.getByRole('button', { name: /calls stay allowed/ }).click();
  await expect(dialog.getByText(`Same effect, different rule: ${AIRLINE_UPDATES - 2} calls`)).toBeVisible();
  await expect(dialog.getByText(/^No change: \d+ calls$/)).toBeVisible();

  // Against a bundle from elsewhere, and then a version brought back and undone.
  await dialog.getByLabel(/^Compare .* with$/).selectOption({ label: 'A link, a bundle’s file or text…' });
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'after.policy.json',
    mimeType: 'application/json',
    buffer: Buffer.from(after),
  });
  await expect(dialog.getByTestId('comparison')).toHaveText(none);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  const versions = await choose(page, 'Versions…');
  await versions.getByRole('button', { name: 'Bring back Tuesday' }).click();
  await expect(bar).toContainText(`${AIRLINE_CANCELLED + 2} of ${AIRLINE_CALLS} calls change`);
  await expect.poll(() => bench.ruleNames()).toEqual(['No cancelling', 'Allow all']);
  await page.getByRole('button', { name: /^Undo: / }).click();
  await expect(bar).toContainText(`none of ${AIRLINE_CALLS} calls changes`);
  await page.getByRole('button', { name: /^No longer compare with/ }).click();
  await expect(bar).toBeHidden();
});

test(
  'a test is made of a call, broken by an edit, taken back, accepted, and travels with the policy',
  { tag: '@chromium' },
  async ({ page }) => {
    test.slow();
    const bench = new Workbench(page);
    await bench.open();
    await bench.newPolicy();
    await bench.importFile(AIRLINE);
    await bench.addRule(CANCEL);
    await bench.trace.getByRole('button', { name: /^Denied/ }).click();
    await bench.trace.getByRole('grid').getByRole('row').filter({ hasText: 'cancel_reservation' }).first().click();
    await bench.explanation.getByRole('button', { name: 'Make a test' }).click();
    const status = page.getByTestId('tests-status');
    await expect(status).toHaveText('1 test · passing');

    const disable = async () => {
      await bench.policy.getByRole('button', { name: /^Actions for rule 1/ }).click();
      await page.getByRole('menuitem', { name: 'Disable' }).click();
      await expect(status).toHaveText('1 test · 1 failing');
    };
    await disable();
    await status.click();
    const dialog = page.getByRole('dialog', { name: 'Tests' });
    const one = dialog.getByTestId('test');
    await expect(one).toContainText('ExpectedDenied');
    await expect(one).toContainText('GotAllowedby rule 2, Allow all');
    await one.getByRole('button', { name: /^Revert, for cancel_reservation: undo “disable No cancelling”/ }).click();
    await expect(dialog.getByTestId('tests-summary')).toHaveText('The one test passes.');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(status).toHaveText('1 test · passing');

    await disable();
    await status.click();
    await one.getByRole('button', { name: /^Accept/ }).click();
    await expect(one).toContainText('ExpectedAllowed');
    await expect(dialog.getByTestId('tests-summary')).toHaveText('The one test passes.');

    // By hand, with the rule that shall decide; it fails, and says by which.
    await dialog.getByRole('button', { name: 'New test' }).click();
    const form = page.getByRole('dialog', { name: 'New test' });
    await write(form.getByLabel('Name'), 'Bookings <are> "open" & free');
    await expect(form.getByLabel('Tool', { exact: true })).toBeVisible();
    await form.getByText('As JSON', { exact: true }).click();
    await write(form.getByLabel('The call, as JSON'), '{"tool":{"name":"book_reservation"},"args":[]}');
    await expect(form.getByRole('alert')).toContainText('/args: ');
    await write(form.getByLabel('The call, as JSON'), '{"tool":{"name":"book_reservation"},"args":{}}');
    await expect(form.getByTestId('test-now')).toContainText('Allowed');
    await form.getByText('Denied', { exact: true }).click();
    await form.getByLabel('Decided by').selectOption({ label: 'Only rule 1, No cancelling' });
    await form.getByRole('button', { name: 'Add the test' }).click();
    await expect(one.first()).toContainText('Bookings <are> "open" & free');
    await expect(one.first()).toContainText('ExpectedDeniedby rule 1, No cancelling');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(status).toHaveText('2 tests · 1 failing');
    await page.getByRole('button', { name: /^Undo: add the test/ }).click();
    await expect(status).toHaveText('1 test · passing');
    await page.getByRole('button', { name: /^Redo: add the test/ }).click();
    await expect(status).toHaveText('2 tests · 1 failing');

    // In a file for a team's CI, and in a link: looked at, then saved as a policy of its own.
    const text = await bundleText(page);
    const ran = await run(['test', 'p.json', '--junit', 'out.xml'], { 'p.json': text });
    expect([ran.code, ran.err]).toEqual([1, '1 passed, 1 failed\n']);
    expect(ran.written['out.xml']).toContain('name="Bookings &lt;are&gt; &quot;open&quot; &amp; free"');
    const read = readBundle(text);
    const link = read.ok ? encodeLink(read.bundle) : undefined;
    await page.goto(`./${link?.ok === true ? link.fragment : ''}`);
    await expect(page.getByRole('region', { name: 'Preview' })).toContainText('2 tests');
    await expect(status).toHaveText('2 tests · 1 failing');
    await page.getByRole('button', { name: 'Save as a new policy' }).click();
    await expect(page.getByRole('region', { name: 'Preview' })).toBeHidden();
    await expect(status).toHaveText('2 tests · 1 failing');
    const again = readBundle(await bundleText(page));
    expect(again.ok && again.bundle.tests).toEqual(read.ok && read.bundle.tests);
  },
);

test('coverage counts what the trace and the tests have tried, and leads to the rule', async ({ page }) => {
  test.slow();
  const bench = new Workbench(page);
  await bench.open();
  await bench.newPolicy();
  await bench.importFile(AIRLINE);
  await bench.addRule(CANCEL);
  await bench.addRule(GATE);
  await bench.addRule({ name: 'No transfers', effect: 'Deny', tools: ['wire_*'] });
  const hits = await bench.hits();
  const dialog = await choose(page, 'Coverage…');
  const rows = dialog.getByTestId('covered-rule');
  await expect(rows).toHaveCount(4);
  const cells = async (row: number) => rows.nth(row).getByRole('cell').allInnerTexts();
  const texts = await Promise.all([0, 1, 2, 3].map(cells));
  expect(texts.map(([decided]) => Number(decided))).toEqual(hits.slice(0, 4));
  expect(texts[0]).toEqual(['0', '0', '–', '–', '–', '0', 'no call came to it']);
  expect(texts[1]?.slice(0, 6)).toEqual(['7', '9', '7', '2', '0', '0']);
  expect(texts[2]).toEqual(['8', '8', '–', '–', '–', '0', 'tried']);
  await expect(dialog.getByTestId('coverage-summary')).toHaveText(
    '3 of 4 active rules decided a call; 1 of 1 condition was seen both true and false. The default, deny, was never reached.',
  );
  await dialog.getByRole('button', { name: 'Go to rule 1, No transfers' }).click();
  await expect(dialog).toBeHidden();
  await expect(bench.policy.getByRole('button', { name: /^Edit rule 1/ })).toBeFocused();
});

for (const [theme, width] of [
  ['light', 1280],
  ['dark', 360],
] as const) {
  test(
    `axe finds nothing, ${theme} and ${width} pixels wide, and nothing is wider than the screen`,
    { tag: '@chromium' },
    async ({ page, axe }) => {
      test.slow();
      await chooseTheme(page, theme);
      await page.setViewportSize({ width, height: 800 });
      await page.goto('./');
      await expect(page.getByRole('region', { name: 'Policy', exact: true })).toBeVisible();
      const looked = async () => {
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await axe(page);
      };
      await saveVersion(page, 'A version with a name that is rather long, as people give them');
      await looked();
      await page.getByRole('button', { name: /^Compare with/ }).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog.getByTestId('comparison')).toHaveText(/^None of/);
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      const parts = page.getByRole('navigation', { name: 'Parts of the workbench' });
      if (width < 1024) await parts.getByRole('button', { name: 'Explanation' }).click();
      await page.getByRole('button', { name: 'Make a test' }).click();
      if (width < 1024) await parts.getByRole('button', { name: 'Policy' }).click();
      await page.getByRole('button', { name: /^Actions for rule 4/ }).click();
      await page.getByRole('menuitem', { name: 'Disable' }).click();
      await expect(page.getByTestId('tests-status')).toHaveText('1 test · 1 failing');
      await expect(page.getByTestId('baseline')).toContainText('newly denied because no rule matches');
      await looked();
      await page.getByTestId('tests-status').click();
      await expect(dialog.getByRole('button', { name: /^Accept/ })).toBeVisible();
      await looked();
      await dialog.getByRole('button', { name: /^Edit the test/ }).click();
      await expect(dialog.getByTestId('test-now')).toContainText('Denied');
      await looked();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Show the changes' }).click();
      await dialog.getByRole('list', { name: 'Calls that change' }).getByRole('button').first().click();
      await dialog
        .getByRole('list', { name: /^Calls of/ })
        .getByRole('button')
        .first()
        .click();
      await expect(dialog.getByTestId('compared-call')).toBeVisible();
      await looked();
      await page.keyboard.press('Escape');
      await choose(page, 'Coverage…');
      await expect(dialog.getByTestId('coverage-summary')).toBeVisible();
      await looked();
    },
  );
}
