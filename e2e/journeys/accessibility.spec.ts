import { DOCS_PAGES } from '../../components/docs/pages';
import { bundleOf, writeBundle } from '../../lib/bundle';
import { expect, test } from '../fixtures';
import { chooseTheme } from '../theme';
import { write } from '../typing';
import { Workbench } from './page';
import { choose } from './policy-menu';

// Each theme at one width, as axe takes its time.
for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 360],
] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.beforeEach(({ page }) => chooseTheme(page, colorScheme));

    test(
      'axe finds nothing on the workbench, its editor and its dialogs',
      { tag: '@chromium' },
      async ({ page, axe }) => {
        test.slow();
        const bench = new Workbench(page);
        await bench.open();
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        await expect(bench.explanation.getByTestId('answer')).toBeVisible();
        await axe(page);
        await bench.policy.getByRole('button', { name: /^Edit rule 2/ }).click();
        await expect(bench.editor).toBeVisible();
        await axe(page);
        await bench.pill('Tools').click();
        await axe(page);
        await page.keyboard.press('Escape');
        await write(bench.editor.getByLabel('Condition (CEL)'), 'request.args.channel_id = ');
        await expect(bench.editor.getByRole('alert')).toBeVisible();
        await axe(page);
        await bench.editor.getByRole('button', { name: 'Cancel' }).click();

        await page.getByRole('button', { name: 'Share', exact: true }).click();
        await expect(page.getByTestId('link')).toBeVisible();
        await axe(page);
        await page.keyboard.press('Escape');
        await bench.trace.getByRole('button', { name: 'Import', exact: true }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await axe(page);
        await write(
          page.getByLabel('Or paste it here'),
          '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_file","arguments":{"path":"/etc/passwd"}}}\nnot json',
        );
        await page.getByRole('button', { name: 'Read what was pasted' }).click();
        await expect(page.getByTestId('import-counts')).toContainText('1 call');
        await axe(page);
        await page.keyboard.press('Escape');
        await bench.trace.getByRole('button', { name: 'New call' }).click();
        await expect(page.getByTestId('composed-decision')).toContainText(/Allowed|Denied|Conditional/);
        await axe(page);
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+K');
        await expect(page.getByPlaceholder('What do you want to do?')).toBeFocused();
        await axe(page);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: /^Help/ }).click();
        await expect(page.getByRole('dialog', { name: 'How this works' })).toBeVisible();
        await axe(page);
        await page.keyboard.press('Escape');
        await bench.policy.getByRole('button', { name: /^Actions for rule 1,/ }).click();
        await page.getByRole('menuitem', { name: 'Delete' }).click();
        const history = await choose(page, 'History…');
        await history.getByTestId('history-step').getByRole('button', { expanded: false }).click();
        await expect(history.getByTestId('moved')).toHaveText(/moved$/);
        await axe(page);
        await page.keyboard.press('Escape');
        await expect((await choose(page, 'All policies and archive…')).getByRole('searchbox')).toBeVisible();
        await axe(page);
      },
    );

    test(
      'axe finds nothing in the documentation, and none of it is wider than the screen',
      { tag: '@chromium' },
      async ({ page, axe }) => {
        test.slow();
        // In dark the pages that are code, the lessons, and one of each kind of document: all documents are drawn alike.
        const dark = ['conditions', 'language', 'findings', 'command-line', 'bundles', 'effects', 'traces', 'lessons'];
        const pages = colorScheme === 'dark' ? dark : DOCS_PAGES.map(({ segment }) => segment);
        await page.setViewportSize({ width, height: 740 });
        for (const address of ['./docs/', ...pages.map((segment) => `./docs/${segment}/`)]) {
          await page.goto(address);
          await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
          await axe(page);
        }
      },
    );

    test(
      'axe finds nothing on the page that compares, and none of it is wider than the screen',
      { tag: '@chromium' },
      async ({ page, axe }) => {
        test.slow();
        const bench = new Workbench(page);
        await bench.open();
        await page.goto('./compare/');
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        const looked = async () => {
          await page.setViewportSize({ width, height: 740 });
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
          await axe(page);
        };
        await expect(page.getByRole('status', { name: 'No comparison' })).toBeVisible();
        await looked();
        await page.getByLabel('Compared with').selectOption({ label: 'A link, a bundle’s file or text…' });
        const nothing = bundleOf('A policy of no rules at all', {
          rules: [],
          settings: { gatedWhenFalse: 'continue' },
        });
        await write(page.getByLabel('A link, or a bundle’s JSON'), JSON.stringify(JSON.parse(writeBundle(nothing))));
        await looked();
        await page.getByRole('button', { name: 'Compare with it' }).click();
        await page.getByRole('list', { name: 'Calls that change' }).getByRole('button').first().click();
        await page
          .getByRole('list', { name: /^Calls of/ })
          .getByRole('button')
          .first()
          .click();
        await expect(page.getByTestId('compared-call')).toBeVisible();
        await looked();
      },
    );

    test.describe('on a phone', () => {
      test.use({ viewport: { width: 360, height: 740 } });

      test('every part is reached, nothing is wider than the screen, and axe finds nothing', async ({ page, axe }) => {
        await page.goto('./');
        await expect(page.getByRole('region', { name: 'Policy', exact: true })).toBeVisible();
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        const parts = page.getByRole('navigation', { name: 'Parts of the workbench' });
        for (const part of ['Policy', 'Trace', 'Explanation']) {
          await parts.getByRole('button', { name: part }).click();
          await expect(page.getByRole('region', { name: part, exact: true })).toBeVisible();
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
          await axe(page);
        }
        await parts.getByRole('button', { name: 'Policy' }).click();
        await page.getByRole('button', { name: /^Edit rule 2/ }).click();
        await expect(page.getByRole('region', { name: 'Rule editor' })).toBeVisible();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
        await axe(page);
      });
    });
  });
}

test('the theme follows the system until one is chosen', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'there is no way to set the theme of the system that an unpatched Firefox sees');
  await page.emulateMedia({ colorScheme: 'dark' });
  const bench = new Workbench(page);
  await bench.open();
  const theme = page.locator('html');
  await expect(theme).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(theme).toHaveAttribute('data-theme', 'light');
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(theme).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(theme).toHaveAttribute('data-theme', 'dark');
});
