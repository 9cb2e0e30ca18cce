// How soon an embed shows its first decision on a phone: Chromium at a quarter of this processor's speed, nothing cached in the browser.
import { PHONE, SLOWER } from './phone.mjs';

/** Runs in the page before its scripts: notes when the answer has been drawn. */
function noteFirstDecision() {
  new MutationObserver((_, observer) => {
    const answer = document.querySelector('[data-testid="answer"]');
    if (!/^(Allowed|Denied|Conditional)/.test(answer?.textContent ?? '')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => globalThis.reportDecision(String(performance.now()))));
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

/**
 * The time from navigation to the decision, in milliseconds, in a new profile. It is reported through a binding: a function that waits in the
 * page would be compiled there in the same time.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address of an embed
 * @returns {Promise<number>}
 */
export async function measureFirstDecision(browser, address) {
  const context = await browser.newContext({ ...PHONE, serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    await page.addInitScript(noteFirstDecision);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Runtime.enable');
    await devtools.send('Runtime.addBinding', { name: 'reportDecision' });
    const reported = new Promise((done) => devtools.once('Runtime.bindingCalled', done));
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.goto(address, { waitUntil: 'commit' });
    return Number((await reported).payload);
  } finally {
    await context.close();
  }
}
