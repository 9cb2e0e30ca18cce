import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

/** A file that the page downloaded. */
export interface Downloaded {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * The files that the page downloads while `act` runs. Firefox, driven without patches, reports no downloads: there the file is recorded
 * where the page passes it to the browser.
 */
export async function downloadOf(page: Page, act: () => Promise<unknown>): Promise<Downloaded> {
  if (page.context().browser()?.browserType().name() === 'firefox') return takenAtTheLink(page, act);
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

async function takenAtTheLink(page: Page, act: () => Promise<unknown>): Promise<Downloaded> {
  const taken = await page.evaluateHandle(() => {
    const made = new Map<string, Blob>();
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (source) => {
      const url = make(source);
      if (source instanceof Blob) made.set(url, source);
      return url;
    };
    const file = new Promise<{ name: string; base64: string }>((resolve) => {
      document.addEventListener(
        'click',
        (event) => {
          const link = event.target instanceof HTMLAnchorElement ? event.target : null;
          const blob = link?.hasAttribute('download') ? made.get(link.href) : undefined;
          if (link === null || blob === undefined) return;
          event.preventDefault();
          URL.createObjectURL = make;
          const reader = new FileReader();
          reader.onload = () => resolve({ name: link.download, base64: String(reader.result).replace(/^[^,]*,/, '') });
          reader.readAsDataURL(blob);
        },
        { capture: true },
      );
    });
    return { file };
  });
  await act();
  const { name, base64 } = await taken.evaluate(({ file }) => file);
  return { name, bytes: Buffer.from(base64, 'base64') };
}
