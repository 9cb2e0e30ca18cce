// Chromium for scripts, with the same settings as in the tests.
import { chromium } from '@playwright/test';
import { findBrowser } from './browsers.mjs';
import { Problem } from './run.mjs';

/** What keeps it quiet, and lets it run in a container. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export async function launchChromium() {
  const executablePath = findBrowser('chromium');
  if (!executablePath) throw new Problem('Chromium is not here: install it, or name the program in CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: chromiumArguments });
}
