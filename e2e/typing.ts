import { expect, type Locator } from '@playwright/test';

/**
 * Puts text into a field in place of what it held, as one input, like text from a clipboard or an on-screen keyboard: a tenth of the time of
 * single keys. Playwright's own `fill` sets the value in a way that React does not notice in Firefox when it is driven without patches.
 */
export async function write(field: Locator, text: string): Promise<void> {
  await field.focus();
  await field.press('ControlOrMeta+A');
  if (text === '') await field.press('Delete');
  else await field.evaluate(insertText, text);
}

/** Runs in the field's frame. `execCommand` is the one way to insert text that sends the events of real input in every browser. */
function insertText({ ownerDocument }: Element, text: string): void {
  if (!ownerDocument.execCommand('insertText', false, text)) throw new Error('nothing that takes text is in focus');
}

/** Goes on by Tab until the focus is where it is wanted. Firefox stops at a part that scrolls, too. */
export async function tabTo(target: Locator, stops = 3): Promise<void> {
  for (let i = 0; i < stops && !(await target.evaluate((element) => element === document.activeElement)); i++) {
    await target.page().keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}
