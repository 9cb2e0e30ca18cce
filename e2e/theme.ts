import type { Page } from '@playwright/test';

/** Where the page keeps what was chosen. */
const KEY = 'policy-playground.theme';

/** Opens every page of this tab in a theme, as if the user had chosen it. (Firefox, driven without patches, cannot set the system's.) */
export async function chooseTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.addInitScript(
    ([key, value]) => {
      // The empty page that comes first has no storage.
      if (location.protocol.startsWith('http')) localStorage.setItem(key, value);
    },
    [KEY, theme] as const,
  );
}
