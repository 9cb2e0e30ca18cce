import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/lib/browsers.mjs';
import { chromiumArguments } from './scripts/lib/chromium.mjs';

// `npm test` sets these two: where its report goes, and how long all of this may take.
const report = process.env['E2E_REPORT'];
const minutes = Number(process.env['E2E_MINUTES'] ?? 0);

const programOf = (name: 'chromium' | 'firefox') => {
  const executablePath = findBrowser(name);
  return executablePath === undefined ? {} : { executablePath };
};

/** A process for every site, and some in reserve, cost a sixth of the processor's time. */
const FEW_PROCESSES = { 'fission.autostart': false, 'dom.ipc.processPrelaunch.enabled': false };

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // Two processors wait a third of the time for what two tests wait for.
  workers: process.env['CI'] ? 3 : 1,
  retries: process.env['CI'] ? 1 : 0,
  forbidOnly: process.env['CI'] !== undefined,
  // CI machines may be slow: a hanging test is still ended, only later.
  timeout: process.env['CI'] ? 180_000 : 60_000,
  globalTimeout: minutes * 60_000,
  expect: { timeout: process.env['CI'] ? 20_000 : 10_000 },
  reporter: report === undefined ? 'list' : [['list'], ['json', { outputFile: report }]],
  use: {
    viewport: { width: 1440, height: 900 },
    // What is not there is missed soon, not when the whole test has taken too long.
    actionTimeout: process.env['CI'] ? 40_000 : 15_000,
    // Nothing is waited for that only moves.
    contextOptions: { reducedMotion: 'reduce' },
    // Each would keep the whole site anew, for every test; those about working offline allow it.
    serviceWorkers: 'block',
    trace: process.env['CI'] ? 'on-first-retry' : 'retain-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      use: { browserName: 'chromium', launchOptions: { ...programOf('chromium'), args: chromiumArguments } },
    },
    {
      // The distribution's Firefox, driven as it is, without patches. `@chromium` marks what is looked at in one browser alone: axe, widths,
      // agreement with the command line and the gateway, and what another test of the same part does in both.
      name: 'firefox',
      grepInvert: /@chromium/,
      use: {
        browserName: 'firefox',
        channel: 'moz-firefox',
        launchOptions: { ...programOf('firefox'), firefoxUserPrefs: FEW_PROCESSES },
      },
    },
  ],
});
