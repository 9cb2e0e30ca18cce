import { expect, type Page } from '@playwright/test';

const CONTROLS = new Set([
  ...['button', 'link', 'checkbox', 'radio', 'switch', 'slider', 'tab'],
  ...['menuitem', 'menuitemradio', 'option', 'textbox', 'searchbox', 'combobox', 'spinbutton'],
]);

/**
 * Reads the accessibility tree as Chromium gives it to a screen reader: every control has a name, and no two words of a name that the page draws
 * apart are one word in it. Other browsers are not asked.
 */
export async function expectNamed(page: Page, state: string): Promise<void> {
  if (page.context().browser()?.browserType().name() !== 'chromium') return;
  const drawnApart = await page.evaluate(gluedWords);
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  await devtools.detach();
  const problems = nodes.flatMap(({ ignored, role, name, description }) => {
    const words = String(name?.value ?? '').trim();
    if (ignored || !CONTROLS.has(String(role?.value))) return [];
    if (words === '') return [`a ${String(role?.value)} without a name (${String(description?.value ?? '')})`];
    // As one word: `Open` beside `A` is not in `OpenAI`.
    const found = words.split(/[^\p{L}\p{N}]+/u);
    return drawnApart.filter((glued) => found.includes(glued)).map((glued) => `“${glued}” in “${words}”`);
  });
  expect(problems, `names of controls: ${state}`).toEqual([]);
}

/** Two words of a control that are drawn apart though nothing is between them in the text, each pair as one text. */
function gluedWords(): string[] {
  const glued: string[] = [];
  for (const control of document.querySelectorAll('button, a[href], [role], summary, label')) {
    const walker = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
    let before: Text | undefined;
    for (let node = walker.nextNode() as Text | null; node !== null; node = walker.nextNode() as Text | null) {
      if (node.parentElement?.closest('[aria-hidden=true]')) continue;
      const [last] = /[\p{L}\p{N}]+$/u.exec(before?.data ?? '') ?? [];
      const [first] = /^[\p{L}\p{N}]+/u.exec(node.data) ?? [];
      if (before !== undefined && last !== undefined && first !== undefined && gapBetween(before, node))
        glued.push(last + first);
      before = node;
    }
  }
  return [...new Set(glued)];

  function gapBetween(one: Text, other: Text): boolean {
    const rectOf = (text: Text, at: number) => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect();
    };
    const [end, start] = [rectOf(one, one.data.length - 1), rectOf(other, 0)];
    return start.left - end.right > 1 || start.top > end.bottom || start.left < end.left;
  }
}
