// What moves by itself in a page of the documentation, while it is read to its end: its fonts come, its scripts and embeds start.
import { PHONE, SLOWER } from './phone.mjs';

const SCREENS = { phone: PHONE, desk: { viewport: { width: 1440, height: 900 } } };

/** Runs in the page, and in each frame, before their scripts. */
function noteShifts() {
  globalThis.moved = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) globalThis.moved += value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Turns the wheel by a little ten times a second, until the end of the page. */
export async function scrollThrough(page, devtools) {
  const end = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  const turn = { type: 'mouseWheel', x: 20, y: 300, deltaX: 0, deltaY: 100 };
  for (let turned = 0; turned < end; turned += turn.deltaY) {
    await devtools.send('Input.dispatchMouseEvent', turn);
    await page.waitForTimeout(100);
  }
}

/**
 * The sum of all layout shifts of the page and of its frames, also of those within a moment of the reader's own action.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 * @param {keyof typeof SCREENS} screen
 * @returns {Promise<number>}
 */
export async function measureShift(browser, address, screen) {
  const context = await browser.newContext({ ...SCREENS[screen], serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    await page.addInitScript(noteShifts);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.goto(address);
    await scrollThrough(page, devtools);
    await page.waitForTimeout(2_000);
    const shifts = await Promise.all(page.frames().map((frame) => frame.evaluate(() => globalThis.moved)));
    return shifts.reduce((sum, one) => sum + one, 0);
  } finally {
    await context.close();
  }
}
