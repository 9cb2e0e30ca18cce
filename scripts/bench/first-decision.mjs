// How soon an embed shows its first decision on a phone: Chromium at a quarter of this processor's speed, nothing cached in the browser.
import { launchChromium } from '../lib/chromium.mjs';

const SLOWER = 4;
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** Runs in the page before its scripts: notes when the answer has been drawn. */
function noteFirstDecision() {
  new MutationObserver((_, observer) => {
    const answer = document.querySelector('[data-testid="answer"]');
    if (!/^(Allowed|Denied|Conditional)/.test(answer?.textContent ?? '')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (globalThis.decidedAt = performance.now())));
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

/**
 * The times from navigation to the decision, in milliseconds, each in a new profile.
 * @param {string} address of an embed with the view `rule`
 * @param {number} runs
 */
export async function measureFirstDecision(address, runs) {
  const browser = await launchChromium();
  try {
    const times = [];
    for (let run = 0; run < runs; run++) {
      const context = await browser.newContext({ ...PHONE, serviceWorkers: 'block' });
      const page = await context.newPage();
      await page.addInitScript(noteFirstDecision);
      const devtools = await context.newCDPSession(page);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      await page.goto(address);
      await page.waitForFunction(() => globalThis.decidedAt !== undefined);
      times.push(await page.evaluate(() => globalThis.decidedAt));
      await context.close();
    }
    return times;
  } finally {
    await browser.close();
  }
}
