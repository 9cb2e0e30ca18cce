import { expect, type Locator } from '@playwright/test';

/**
 * Writes into a field as a person does, by keys, in place of what stood there. Playwright's own `fill` sets the value in a way that React
 * does not notice in Firefox when it is driven without patches.
 */
export async function write(field: Locator, text: string): Promise<void> {
  await field.focus();
  await field.press('ControlOrMeta+A');
  if (text === '') await field.press('Delete');
  else await field.pressSequentially(text);
}

/** Goes on by Tab until the focus is where it is wanted. Firefox stops at a part that scrolls, too. */
export async function tabTo(target: Locator, stops = 3): Promise<void> {
  for (let i = 0; i < stops && !(await target.evaluate((element) => element === document.activeElement)); i++) {
    await target.page().keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}
