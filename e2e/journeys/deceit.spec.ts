import type { Page } from '@playwright/test';
import { encodeLink, type Bundle } from '../../lib/bundle';
import { expect, test } from '../fixtures';
import { deceivingBundle } from '../testdata/deceiving-bundle';
import { Workbench } from './page';

/** A right-to-left override, an isolate, a zero-width space, a tag and a filler around every text, and a name that nothing breaks. */
const DECEIVING = deceivingBundle((text) => `\u202e${text}\u2066\u200b\u{e0061}\u3164${'W'.repeat(230)}`, 60);

/** Texts and attributes of the page that hold a hidden character as it is; what is in an input is the text itself. */
function rawHidden(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const hidden = /[\p{Default_Ignorable_Code_Point}\u2028\u2029\u0080-\u009f]/u;
    const shown = ['title', 'aria-label', 'aria-description', 'aria-valuetext', 'alt', 'placeholder'];
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement, data } = texts.currentNode as Text;
      // Monaco draws what it is given in elements of its own, and keeps an empty line open by a zero-width character.
      if (parentElement?.closest('textarea, script, style, .monaco-editor')) continue;
      if (hidden.test(data)) found.push(`${parentElement?.outerHTML.slice(0, 200) ?? ''}`);
    }
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest('.monaco-editor')) continue;
      for (const name of shown) {
        const value = element.getAttribute(name);
        if (value !== null && hidden.test(value)) found.push(`${name}: ${element.outerHTML.slice(0, 200)}`);
      }
    }
    return found;
  });
}

/** What is wider than the screen, or sticks out of it to the right; what scrolls by itself may hold more. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const found = scrollWidth > clientWidth ? [`the page: ${scrollWidth} of ${clientWidth} pixels`] : [];
    for (const element of document.body.querySelectorAll('*')) {
      const { right, width, height } = element.getBoundingClientRect();
      if (right <= clientWidth + 1 || width === 0 || height === 0) continue;
      const clips = (parent: Element | null): boolean =>
        parent !== null && (getComputedStyle(parent).overflowX !== 'visible' || clips(parent.parentElement));
      if (!clips(element.parentElement))
        found.push(`${Math.round(right)} of ${clientWidth}: ${element.outerHTML.slice(0, 160)}`);
    }
    // A list or a dialog that scrolls sideways hides what one would press.
    for (const element of document.querySelectorAll(
      '[role="dialog"], [role="menu"], [role="listbox"], form, section, ol, ul',
    )) {
      const { overflowX } = getComputedStyle(element);
      if (element.closest('[data-scrolls-sideways], .monaco-editor') || overflowX === 'visible') continue;
      if (element.scrollWidth > element.clientWidth + 1 && overflowX !== 'clip')
        found.push(
          `scrolls sideways ${element.scrollWidth} of ${element.clientWidth}: ${element.outerHTML.slice(0, 160)}`,
        );
    }
    return found;
  });
}

/** Commands that open a dialog, as far as one types them. */
const PALETTE = ['Catalog of', 'Tests of', 'Effective access', 'Share this policy'];

/** The states of the page in which texts from outside are shown, each given to `look`. */
async function visit(page: Page, bundle: Bundle, look: (state: string) => Promise<void>): Promise<void> {
  const link = encodeLink(bundle);
  if (!link.ok) throw new Error('too large for a link');
  const bench = new Workbench(page);
  const narrow = (page.viewportSize()?.width ?? 0) < 600;
  const pane = async (name: string) => {
    if (narrow) await page.getByLabel('Parts of the workbench').getByRole('button', { name }).click();
  };
  await page.goto(`./${link.fragment}`);
  const save = page.getByRole('button', { name: 'Save as a new policy' });
  await expect(save).toBeVisible();
  await look('preview');
  await save.click();
  await pane('Policy');
  await expect(bench.policy.getByRole('button', { name: /^Edit rule/ }).first()).toBeVisible();
  await look('policy');
  await bench.policy.getByRole('button', { name: /^Actions for rule 1,/ }).click();
  await look('rule menu');
  await page.keyboard.press('Escape');
  await bench.policy.getByRole('button', { name: /^Edit rule 1,/ }).click();
  await expect(bench.editor).toBeVisible();
  await look('rule editor');
  await bench.pill('Tools').click();
  await look('tools picker');
  await page.keyboard.press('Escape');
  await bench.editor.getByRole('button', { name: 'Cancel' }).click();
  await pane('Trace');
  await look('trace');
  await pane('Explanation');
  await look('explanation');
  for (const words of PALETTE) {
    await bench.command(words);
    await expect(page.getByRole('dialog').first()).toBeVisible();
    await look(words);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
}

async function expectHonest(page: Page): Promise<void> {
  await visit(page, DECEIVING, async (state) => {
    expect.soft(await rawHidden(page), state).toEqual([]);
    expect.soft(await tooWide(page), state).toEqual([]);
    if (state === 'policy')
      await expect(page.getByRole('img', { name: 'U+202E right-to-left override' }).first()).toBeAttached();
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 800 } });

  test('no hidden character reaches the page as it is; names of hundreds of letters fit in, and so do sixty rules', async ({
    page,
  }) => {
    test.slow();
    await expectHonest(page);
  });
});

test('the same on a wide screen', { tag: '@chromium' }, async ({ page }) => {
  test.slow();
  await expectHonest(page);
});
