import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, SITES, test, untilKept } from '../fixtures';
import { chooseTheme } from '../theme';
import { write } from '../typing';
import { Code } from './code-editor';
import { SLACK, Workbench } from './page';

/** The one rule of a new policy, over the trace of that session, with its condition open in the code editor. */
async function withCondition(page: Page, condition = ''): Promise<{ bench: Workbench; code: Code }> {
  const bench = new Workbench(page);
  await bench.open();
  await bench.newPolicy();
  await bench.importFile(SLACK);
  await bench.policy.getByRole('button', { name: /^Edit rule 1/ }).click();
  await bench.editor.getByRole('button', { name: 'Add a condition' }).click();
  const code = new Code(page, bench);
  await code.open();
  // Values in the text would be read as text.
  await bench.editor.getByLabel('Values of the call in focus').uncheck();
  await code.field.focus();
  await page.keyboard.insertText(condition);
  return { bench, code };
}

test.use({ codeEditor: true });

test('a channel list is written by completion from the schema of the real Slack server, and decides', async ({
  page,
}) => {
  const { bench, code } = await withCondition(page);
  await code.type('chan');
  await code.take('request.args.channel_id');
  await code.expectText('request.args.channel_id');
  await code.type(' in');
  await code.take('in ["…"]');
  await code.expectText('request.args.channel_id in [""]');
  await code.type('C_GENERAL');
  await page.keyboard.press('Escape');
  await code.expectText('request.args.channel_id in ["C_GENERAL"]');
  await expect(bench.editor.getByRole('alert')).toBeHidden();
  await bench.editor.getByRole('button', { name: 'Save rule' }).click();
  await expect(bench.editor).toBeHidden();
  await expect.poll(() => bench.hits()).toEqual([2, 1]);
});

test('a key that saves right after the last letter saves that letter too', { tag: '@chromium' }, async ({ page }) => {
  const { bench } = await withCondition(page);
  for (const source of ['agent.slug == "codex"', 'has(request.ip)']) {
    await page.keyboard.press('ControlOrMeta+A');
    // As fast as keys can come.
    await page.keyboard.type(source);
    await page.keyboard.press('Control+Enter');
    await expect(bench.editor).toBeHidden();
    await expect(bench.policy.getByRole('listitem').first()).toContainText(source);
    await bench.policy.getByRole('button', { name: /^Edit rule 1/ }).click();
    await new Code(page, bench).open();
  }
});

test(
  'the off-screen warm-up of the code editor is inert and hidden, takes no focus, and is removed',
  { tag: '@chromium' },
  async ({ page }) => {
    const bench = new Workbench(page);
    await bench.open();
    await page.evaluate(() => {
      const seen: string[] = [];
      const note = () => {
        const stage = document.querySelector<HTMLElement>('.condition-warm-up');
        if (stage === null) return;
        const { visibility } = getComputedStyle(stage.querySelector('.monaco-editor') ?? stage);
        const hasFocus = stage.contains(document.activeElement);
        seen.push(`inert ${String(stage.inert)}, ${visibility}, ${hasFocus ? 'with' : 'without'} the focus`);
        if (stage.querySelector('.suggest-widget.visible .monaco-list-row') !== null) seen.push('listed');
      };
      new MutationObserver(note).observe(document.body, { childList: true, attributes: true, subtree: true });
      Object.assign(window, { seen });
    });
    await bench.policy.getByRole('button', { name: 'Add rule' }).click();
    await bench.editor.getByRole('button', { name: 'Add a condition' }).click();
    const code = new Code(page, bench);
    await code.open();
    const seen = () => page.evaluate(() => [...new Set(Reflect.get(window, 'seen') as string[])].sort());
    await expect.poll(seen).toEqual(['inert true, hidden, without the focus', 'listed']);
    await expect(page.locator('.condition-warm-up')).toHaveCount(0);
    await expect(bench.editor.locator('.monaco-editor textarea')).toBeFocused();
    await page.keyboard.type('tru');
    await code.take('true');
    await code.expectText('true');
  },
);

test(
  'members and their descriptions are offered after a dot, methods after a string',
  { tag: '@chromium' },
  async ({ page }) => {
    const { code } = await withCondition(page);
    await code.type('request.args.');
    await expect(code.suggestions.locator('.monaco-list-row').first()).toHaveAttribute('aria-label', /^channel_id/);
    await expect(code.suggestions.locator('.monaco-list-row').nth(1)).toHaveAttribute('aria-label', /^limit/);
    await page.keyboard.press('Control+Space');
    await expect(page.locator('.suggest-details')).toContainText('The ID of the channel to post to');
    await code.type('te');
    await code.take('text');
    await code.type('.st');
    await code.take('startsWith');
    await expect(page.locator('.parameter-hints-widget.visible')).toContainText('string.startsWith(string) -> bool');
    await code.type('"Hi"');
    await code.expectText('request.args.text.startsWith("Hi")');
  },
);

test('a mistake is underlined at its place, and fixed by keyboard and by a button', async ({ page }) => {
  const { bench, code } = await withCondition(page, 'request.args.chanel_id == "C_GENERAL"');
  const underlined = await code.expectUnderlined('chanel_id', 'warning');
  await expect(bench.editor.getByText('has no chanel_id (did you mean channel_id?)')).toBeVisible();
  await bench.editor.getByRole('button', { name: 'Change to channel_id' }).click();
  await code.expectText('request.args.channel_id == "C_GENERAL"');
  await expect(underlined).toHaveCount(0);
  // Undone in the editor, then fixed without a mouse.
  await code.field.focus();
  await page.keyboard.press('ControlOrMeta+Z');
  await code.expectText('request.args.chanel_id == "C_GENERAL"');
  await expect(underlined).toHaveCount(1);
  await page.keyboard.press('F8');
  await expect(page.locator('.marker-widget')).toContainText('did you mean');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+.');
  await expect(page.locator('.action-widget').first()).toContainText('Change to channel_id');
  await page.keyboard.press('Enter');
  await code.expectText('request.args.channel_id == "C_GENERAL"');
});

test('a syntax error is said below, and to screen readers, while typing', { tag: '@chromium' }, async ({ page }) => {
  const { bench, code } = await withCondition(page);
  await code.type('request.args.text = "a"');
  await expect(bench.editor.locator('.squiggly-error')).toHaveCount(1);
  const alert = bench.editor.getByRole('alert');
  await expect(alert).toContainText('= is not an operator (did you mean ==?), at line 1, column 19: =');
  await expect(code.field).toHaveAttribute('aria-invalid', 'true');
  await expect(code.field).toHaveAccessibleDescription(/is not an operator/);
});

test(
  'a hover shows the type, the description and the value in the call in focus',
  { tag: '@chromium' },
  async ({ page }) => {
    const { bench } = await withCondition(page, 'request.args.channel_id == "C_GENERAL"');
    await page.keyboard.press('Home');
    for (let i = 0; i < 15; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('F1');
    const hover = page.locator('.monaco-hover:visible').first();
    await expect(hover).toContainText('request.args.channel_id: string');
    await expect(hover).toContainText('The ID of the channel to post to');
    await expect(hover).toContainText('In the call in focus: "C_GENERAL"');
    await page.keyboard.press('Escape');
    await expect(hover).toBeHidden();
    // That Escape closed the hover, and did not ask to leave the editor.
    await expect(bench.editor.getByRole('alertdialog')).toBeHidden();
  },
);

test(
  'values of the call in focus stand in the condition, and are switched off at will',
  { tag: '@chromium' },
  async ({ page }) => {
    const { bench } = await withCondition(page, 'request.args.channel_id == "C_GENERAL"');
    const values = bench.editor.locator('.condition-value');
    await expect(values).toHaveCount(0);
    await bench.editor.getByLabel('Values of the call in focus').check();
    await expect(values).toHaveText(['"C_GENERAL"', 'true']);
    await bench.trace.getByRole('grid').getByText('C_RANDOM').click();
    await expect(values).toHaveText(['"C_RANDOM"', 'false']);
    await bench.editor.getByLabel('Values of the call in focus').uncheck();
    await expect(values).toHaveCount(0);
  },
);

test('formats with the help of its worker, and takes it back', { tag: '@chromium' }, async ({ page }) => {
  const warnings: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  const { code } = await withCondition(page, 'agent.slug=="a"||request.args.text=="b"&&true');
  await page.keyboard.press('Shift+Alt+F');
  await code.expectText('agent.slug == "a" || (request.args.text == "b" && true)');
  // Without its worker Monaco works on, and warns.
  expect(warnings.filter((text) => /web worker/i.test(text))).toEqual([]);
  await page.keyboard.press('ControlOrMeta+Z');
  await code.expectText('agent.slug=="a"||request.args.text=="b"&&true');
});

test('Tab leaves the editor unless asked otherwise; Escape, Ctrl+K and Ctrl+Enter are the page’s', async ({ page }) => {
  const { bench, code } = await withCondition(page, 'true');
  // With suggestions shown it takes one; and with none shown Escape would be the page's.
  await expect(code.suggestions).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(code.suggestions).toBeHidden();
  await page.keyboard.press('Tab');
  await expect(code.field).not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(code.field).toBeFocused();
  await page.keyboard.press('Control+M');
  await expect(bench.editor.getByText('Tab indents; Ctrl+M lets it leave the editor.')).toBeVisible();
  await page.keyboard.press('Home');
  await page.keyboard.press('Tab');
  await code.expectText('  true');
  await page.keyboard.press('Control+M');
  await page.keyboard.press('Tab');
  await expect(code.field).not.toBeFocused();
  await code.field.focus();
  await page.keyboard.press('Control+K');
  await expect(page.getByPlaceholder('What do you want to do?')).toBeFocused();
  await page.keyboard.press('Escape');
  await code.field.focus();
  await page.keyboard.press('Control+Enter');
  await expect(bench.editor).toBeHidden();
});

test('what was selected and typed in the plain field goes on in the code editor', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  await bench.policy.getByRole('button', { name: 'Add rule' }).click();
  await bench.editor.getByRole('button', { name: 'Add a condition' }).click();
  const code = new Code(page, bench);
  await write(code.field, 'tru');
  await expect(bench.editor.locator('.monaco-editor textarea')).toBeFocused();
  await page.keyboard.type('e');
  await code.expectText('true');
  await bench.editor.getByRole('button', { name: 'Use a plain field' }).click();
  await expect(bench.editor.locator('.monaco-editor')).toHaveCount(0);
  await expect(code.field).toHaveValue('true');
  // Remembered, and said.
  await bench.reload();
  await code.field.focus();
  await expect(bench.editor.getByRole('button', { name: 'Use the code editor' })).toBeVisible();
  await expect(bench.editor.locator('.monaco-editor')).toHaveCount(0);
});

test.describe('on touch', () => {
  test.use({ hasTouch: true, viewport: { width: 400, height: 800 } });

  test('the plain field stays, with its colours', async ({ page, browserName }) => {
    test.skip(browserName === 'firefox', 'a desktop Firefox has a fine pointer whatever is emulated');
    const bench = new Workbench(page);
    await page.goto('./');
    await page
      .getByRole('navigation', { name: 'Parts of the workbench' })
      .getByRole('button', { name: 'Policy' })
      .click();
    await bench.policy.getByRole('button', { name: 'Add rule' }).click();
    await bench.editor.getByRole('button', { name: 'Add a condition' }).click();
    await page.emulateMedia({});
    const coarse = await page.evaluate(() => matchMedia('(pointer: coarse)').matches);
    test.skip(!coarse, 'this browser cannot emulate a coarse pointer');
    await write(bench.editor.getByLabel('Condition (CEL)'), 'user.id == "a"');
    await expect(bench.editor.locator('div:has(+ textarea)').locator('.text-syntax-string')).toHaveText('"a"');
    await expect(bench.editor.locator('.monaco-editor')).toHaveCount(0);
  });
});

test.describe('kept for use without a network', () => {
  test.use({ serviceWorkers: 'allow' });

  test('the code editor is fetched only when a condition is opened, and works there too', async ({ page, site }) => {
    const bench = new Workbench(page);
    await bench.open();
    await bench.policy.getByRole('button', { name: 'Add rule' }).click();
    await expect(bench.editor).toBeVisible();
    await untilKept(page);
    // What the service worker keeps is no request of the page.
    expect(await largestScript(page)).toBeLessThan(1_000_000);
    await site.goOffline();
    await bench.editor.getByRole('button', { name: 'Add a condition' }).click();
    await new Code(page, bench).open();
    expect(await largestScript(page)).toBeGreaterThan(1_000_000);
  });
});

/** Bytes of the largest script that the page has asked for, as it lies in the build. */
async function largestScript(page: Page): Promise<number> {
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith('.js')),
  );
  return Math.max(...scripts.map((path) => statSync(join(SITES.root.folder, path)).size));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(
    `axe finds nothing in the editor, its suggestions, its hover and its problems (${colorScheme})`,
    { tag: '@chromium' },
    async ({ page, axe }) => {
      await chooseTheme(page, colorScheme);
      const { bench, code } = await withCondition(
        page,
        'request.args.chanel_id == "C" && user.groups.exists(g, g != "x") // why',
      );
      await axe(page);
      await bench.editor.getByLabel('Values of the call in focus').check();
      await expect(bench.editor.locator('.condition-value').first()).toBeVisible();
      await axe(page);
      await code.field.focus();
      await page.keyboard.press('F8');
      await expect(page.locator('.marker-widget')).toBeVisible();
      await axe(page);
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      await expect(page.locator('.monaco-hover:visible').first()).toBeVisible();
      await axe(page);
      await page.keyboard.press('Escape');
      await page.keyboard.press('ControlOrMeta+A');
      await code.type('request.args.');
      await expect(code.suggestions).toBeVisible();
      await axe(page);
    },
  );
}
