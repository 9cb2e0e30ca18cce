// Pages that are read before they are used: their text, links and decisions are in the HTML. Their scripts (the framework, the engine, the
// editor, embeds) are loaded once a page is used, so that a reader on a slow phone waits for none of them.

/** On the element of a page that shows what this browser has stored, such as the progress of lessons: it needs its scripts at once. */
const NEEDS_SCRIPTS = /<main\b[\s\S]*\bdata-needs-scripts=[\s\S]*<\/main>/;

const SCRIPT_FILE = /<script\b([^>]*?)\ssrc="([^"]+)"([^>]*)><\/script>/g;
const PRELOADED_SCRIPT = /<link\b[^>]*\brel="preload"[^>]*\bas="script"[^>]*>/g;

/**
 * Runs in the page. The scripts are put into the places of their copies without an address: the framework looks for them by their address.
 * A reader who followed a link of another page has used this one. A page that comes into focus, and a pointer that the page comes under,
 * are no use of it. `onStart` runs once, before the scripts are loaded. Returns what starts the page without a use.
 */
function startWhenUsed(onStart) {
  const signs = ['pointermove', 'pointerdown', 'wheel', 'scroll', 'keydown', 'focusin', 'dragenter', 'paste'];
  const used = new AbortController();
  const start = () => {
    if (used.signal.aborted) return;
    used.abort();
    onStart?.();
    for (const kept of document.querySelectorAll('script[data-src]')) {
      const script = document.createElement('script');
      script.async = true;
      script.setAttribute('async', '');
      script.src = kept.dataset.src;
      kept.replaceWith(script);
    }
  };
  const begin = () => {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start, { once: true });
    else start();
  };
  const onUse = ({ type, target, movementX, movementY }) => {
    if (type === 'focusin' && !(target instanceof Element)) return;
    if (type === 'pointermove' && movementX === 0 && movementY === 0) return;
    begin();
  };
  if (navigator.userActivation?.hasBeenActive) begin();
  else for (const sign of signs) addEventListener(sign, onUse, { signal: used.signal, passive: true });
  return begin;
}

/**
 * Runs in the head of a page whose first screen is drawn at build (components/first-screen). `html` says in `data-start` how far it is: it
 * `waits` for a use, it `loads` behind the first screen, or it `opens` the visitor's own work or what the address names. What is done
 * before the page is started is kept, for the page to do it again.
 */
function showFirstScreen(visited, database, startWhenUsed) {
  const { dataset } = document.documentElement;
  // Scripts that load and do not run are waited for so long. Milliseconds.
  const MOST_LOADING = 60000;
  const uses = [];
  window.firstUses = uses;
  const isKnown = () => {
    try {
      return localStorage.getItem(visited) !== null;
    } catch {
      return false;
    }
  };
  const keep = (use) => {
    const last = uses.at(-1);
    if (use.kind === 'press' && last?.kind === 'press' && last.on === use.on) return;
    uses.push(use);
  };
  const isTyped = (on) => on instanceof Element && on.matches('input, textarea, select, label, [contenteditable]');
  const onKey = (event) => {
    const { key, code, ctrlKey, metaKey, shiftKey, altKey, target } = event;
    const command = ctrlKey || metaKey;
    if (
      isTyped(target) ||
      altKey ||
      (command && key.toLowerCase() !== 'k') ||
      /^(Tab|Shift|Control|Alt|Meta)/.test(key)
    )
      return;
    if (command || key === 'F6') event.preventDefault();
    // A link and its Enter work by themselves; so do a button's Enter and Space, which click it.
    if ((key === 'Enter' || key === ' ') && target.closest?.('a[href], button')) return;
    keep({ kind: 'key', on: target, key: { key, code, ctrlKey, metaKey, shiftKey } });
  };
  const onPress = (event) => {
    const { target, clientX, clientY } = event;
    const isChoice = target.matches('select, option');
    // The list of choices would close with the drawn screen.
    if (event.type === 'mousedown') return isChoice ? event.preventDefault() : undefined;
    const link = target.closest('a[href]');
    // Within the page it leads to what is to be taken away.
    if (link?.hash && link.pathname === location.pathname) event.preventDefault();
    else if (link) return;
    // What is typed, ticked and chosen is read from the fields.
    if (!target.closest('#first-screen') || (target.closest('label, input, textarea') && !isChoice)) return;
    keep({ kind: 'press', on: target, clientX, clientY });
  };
  // The first page of calls is that with the one that is explained.
  const showCall = () => {
    for (const table of document.querySelectorAll('#first-screen [role="grid"]')) {
      const row = table.querySelector('[aria-selected="true"]');
      const below = row ? row.getBoundingClientRect().bottom - table.getBoundingClientRect().bottom : 0;
      if (below > 0) table.scrollTop += below;
    }
  };
  const onData = (event) => {
    const data = event.dataTransfer ?? event.clipboardData;
    if (isTyped(event.target)) return;
    if (event.type !== 'paste') event.preventDefault();
    if (event.type === 'dragover') return;
    keep({ kind: event.type, on: event.target, files: [...data.files], text: data.getData('text/plain') });
  };
  const watched = new AbortController();
  const { signal } = watched;
  const watch = (types, listener) => {
    const heed = (event) => {
      if (window.firstUses === uses) listener(event);
      else watched.abort();
    };
    for (const type of types) addEventListener(type, heed, { capture: true, signal });
  };
  const open = () => {
    if (dataset.start === 'waits') dataset.start = 'opens';
    start();
  };
  dataset.start = 'waits';
  watch(['keydown'], onKey);
  watch(['mousedown', 'click'], onPress);
  watch(['dragover', 'drop', 'paste'], onData);
  watch(['hashchange', 'popstate'], open);
  document.addEventListener('DOMContentLoaded', showCall, { once: true });
  const start = startWhenUsed(() => {
    if (dataset.start === 'waits') dataset.start = 'loads';
    const fail = () => {
      // Once it is started, the page says itself what could not be loaded.
      if (window.firstUses === uses && dataset.start) dataset.start = 'failed';
    };
    const heed = ({ target }) => target instanceof HTMLScriptElement && fail();
    addEventListener('error', heed, { capture: true, signal });
    setTimeout(fail, MOST_LOADING);
  });
  // A visitor of an earlier version. Where storage is refused, already the name of it may throw.
  const hasDatabase = async () => (await indexedDB.databases()).some(({ name }) => name === database);
  if (isKnown() || location.hash.length > 1 || history.state !== null) open();
  else
    hasDatabase().then(
      (has) => has && open(),
      () => {},
    );
}

/** @param {string} html */
function withScriptsKept(html) {
  const kept = html.replace(SCRIPT_FILE, (whole, before, address, after) =>
    /\bnoModule\b/i.test(before + after) ? whole : `<script data-src="${address}"></script>`,
  );
  if (kept === html) throw new Error('the page has no scripts');
  return kept.replace(PRELOADED_SCRIPT, '');
}

/**
 * The page with its scripts kept until it is used. Those for browsers without modules stay, as others ignore them.
 * @param {string} html
 */
export function withScriptsOnUse(html) {
  if (NEEDS_SCRIPTS.test(html)) return html;
  const bare = withScriptsKept(html);
  const end = bare.lastIndexOf('</body>');
  if (end < 0) throw new Error('the page has no end of its body');
  return `${bare.slice(0, end)}<script>(${startWhenUsed.toString()})()</script>${bare.slice(end)}`;
}

/**
 * The page with its first screen, which is shown before its scripts are loaded.
 * @param {string} html
 * @param {{ screen: string, visited: string, database: string }} options `visited`: the key in `localStorage` of a visitor who has been here;
 *   `database`: the name of the one that their work is in
 */
export function withFirstScreen(html, { screen, visited, database }) {
  const place = '<div id="first-screen"></div>';
  if (html.split(place).length !== 2) throw new Error('the page has not one place for its first screen');
  const script = `(${showFirstScreen.toString()})(${JSON.stringify(visited)},${JSON.stringify(database)},${startWhenUsed.toString()})`;
  return withScriptsKept(html)
    .replace('</head>', () => `<script>${script}</script></head>`)
    .replace(place, () => `<div id="first-screen">${screen}</div>`);
}
