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
  onConnect: () => host.send({ type: 'resize', height: heightOfPage(), asked: store.getState().used }),
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

if (location.hash.length > 1) store.open(location.hash);
else if (options.hosts.length === 0) {
  store.refuse({
    what: 'There is nothing to show',
    message: 'the address of this embed has no link after the `#`',
    problems: [],
  });
}

/** Resolves after what is at hand: a decision that needs no more code is made before this. */
const nextTask = (): Promise<undefined> => new Promise((done) => setTimeout(done, 0, undefined));

/** The decision that is drawn with the page, so that the page is drawn once; undefined where more code has to be loaded for it. */
async function firstDecision(): Promise<DecidedBundle | undefined> {
  const { content } = store.getState();
  if (content.kind !== 'open') return undefined;
  const { bundle, focus } = content;
  return Promise.race([decideBundle(bundle, sampleOf(bundle, focus)), nextTask()]).catch(() => undefined);
}

async function draw(root: HTMLElement): Promise<void> {
  const first = await firstDecision();
  createRoot(root).render(<EmbedPage options={options} store={store} host={host} first={first} />);
}

const root = document.getElementById('root');
if (root !== null) void draw(root);
