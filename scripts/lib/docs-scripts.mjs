// Pages of the documentation are read: their text, links and decisions are in the HTML. Their scripts (the framework, search, embeds) are
// loaded once a page is used, so that a reader on a slow phone waits for none of them.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** On the element of a page that shows what this browser has stored, such as the progress of lessons: it needs its scripts at once. */
const NEEDS_SCRIPTS = /<main\b[\s\S]*\bdata-needs-scripts=[\s\S]*<\/main>/;

const SCRIPT_FILE = /<script\b([^>]*?)\ssrc="([^"]+)"([^>]*)><\/script>/g;
const PRELOADED_SCRIPT = /<link\b[^>]*\brel="preload"[^>]*\bas="script"[^>]*>/g;

/**
 * Runs in the page. The scripts are put into the places of their copies without an address: the framework looks for them by their address.
 * A reader who followed a link of another page has used this one. A page that comes into focus, and a pointer that the page comes under,
 * are no use of it.
 */
function startWhenUsed() {
  const signs = ['pointermove', 'pointerdown', 'wheel', 'scroll', 'keydown', 'focusin'];
  const used = new AbortController();
  const start = () => {
    used.abort();
    for (const kept of document.querySelectorAll('script[data-src]')) {
      const script = document.createElement('script');
      script.async = true;
      script.setAttribute('async', '');
      script.src = kept.dataset.src;
      kept.replaceWith(script);
    }
  };
  const onUse = ({ type, target, movementX, movementY }) => {
    if (type === 'focusin' && !(target instanceof Element)) return;
    if (type === 'pointermove' && movementX === 0 && movementY === 0) return;
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start, { once: true });
    else start();
  };
  if (navigator.userActivation?.hasBeenActive) onUse({});
  else for (const sign of signs) addEventListener(sign, onUse, { signal: used.signal, passive: true });
}

/**
 * The page with its scripts kept until it is used. Those for browsers without modules stay, as others ignore them.
 * @param {string} html
 */
export function withScriptsOnUse(html) {
  if (NEEDS_SCRIPTS.test(html)) return html;
  const kept = html.replace(SCRIPT_FILE, (whole, before, address, after) =>
    /\bnoModule\b/i.test(before + after) ? whole : `<script data-src="${address}"></script>`,
  );
  if (kept === html) throw new Error('the page has no scripts');
  const bare = kept.replace(PRELOADED_SCRIPT, '');
  const end = bare.lastIndexOf('</body>');
  if (end < 0) throw new Error('the page has no end of its body');
  return `${bare.slice(0, end)}<script>(${startWhenUsed.toString()})()</script>${bare.slice(end)}`;
}

/**
 * Does so in every page of the documentation of an export.
 * @param {string} to
 */
export function deferDocsScripts(to) {
  const docs = join(to, 'docs');
  for (const path of readdirSync(docs, { recursive: true })) {
    if (!path.endsWith('index.html')) continue;
    const file = join(docs, path);
    writeFileSync(file, withScriptsOnUse(readFileSync(file, 'utf8')));
  }
}
