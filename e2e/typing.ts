import type { Locator } from '@playwright/test';

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
