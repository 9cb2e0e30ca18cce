/** The entry of the page of an embed. It is bundled apart from the site (`scripts/lib/embeds.mjs`): see README.md. */
import { createRoot } from 'react-dom/client';
import { readEmbedOptions, type HostMessage } from '@/lib/embed';
import { EmbedPage } from './embed-page';
import { EmbedStore } from './embed-store';
import { followTheme } from './embed-theme';
import { HostLink } from './host-link';
import { sampleOf } from './sample-calls';
import { decideBundle, type DecidedBundle } from './use-decided';

const options = readEmbedOptions(new URLSearchParams(location.search));
const store = new EmbedStore(options.theme);
const host = new HostLink({
  hosts: options.hosts,
  view: options.view,
  parent: window.parent === window ? undefined : window.parent,
  onMessage,
  onConnect: () => {
    const height = heightOfPage();
    if (height > 0) host.send({ type: 'resize', height, asked: store.getState().used });
  },
});

function onMessage(message: HostMessage): void {
  switch (message.type) {
    case 'set': {
      const refusal = store.open(message.source);
      if (refusal !== undefined) {
        const [first] = refusal.problems;
        const place = first === undefined ? '' : `: ${first.pointer} ${first.message}`;
        host.send({ type: 'problem', code: 'bundle', message: `${refusal.message}${place}` });
      }
      return;
    }
    case 'focus-call':
      if (!store.focus(message.id)) {
        host.send({ type: 'problem', code: 'call', message: 'there is no call with this id' });
      }
      return;
    case 'theme':
      store.setTheme(message.theme);
  }
}

/** In pixels; 0 while nothing is drawn yet: then the height is reported with the drawing. */
const heightOfPage = (): number => Math.ceil(document.querySelector('main')?.getBoundingClientRect().height ?? 0);

window.addEventListener('message', host.receive);
followTheme(store);

// Until the reader uses the embed, it leaves the wheel and the finger to the page around it (`app/globals.css`). A finger that comes down may
// be scrolling that page: then no click follows.
for (const event of ['click', 'keydown', 'focusin']) {
  window.addEventListener(event, store.markUsed, { capture: true, once: true, passive: true });
}
store.subscribe(() => {
  if (store.getState().used) document.documentElement.dataset['used'] = '';
});

// At once, since the page around may ask for one of its calls as soon as this page is loaded.
if (location.hash.length > 1) store.open(location.hash);
else if (options.hosts.length === 0) {
  store.refuse({
    what: 'There is nothing to show',
    message: 'the address of this embed has no link after the `#`',
    problems: [],
  });
}

/** Lets the browser draw and scroll before what follows: started in one piece, the embed would hold up a page that shares its thread. */
const pause = (): Promise<undefined> => new Promise((done) => setTimeout(done, 0, undefined));

/** The decision that is drawn with the page, so that the page is drawn once; undefined where more code has to be loaded for it. */
async function firstDecision(): Promise<DecidedBundle | undefined> {
  const { content } = store.getState();
  if (content.kind !== 'open') return undefined;
  const { bundle, focus } = content;
  return Promise.race([decideBundle(bundle, sampleOf(bundle, focus)), pause()]).catch(() => undefined);
}

async function start(root: HTMLElement): Promise<void> {
  await pause();
  const first = await firstDecision();
  createRoot(root).render(<EmbedPage options={options} store={store} host={host} first={first} />);
}

const root = document.getElementById('root');
if (root !== null) void start(root);
