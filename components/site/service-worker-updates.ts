/** What the page should offer: nothing, or to reload because a newer build is at hand. */
export type SiteUpdate =
  | { readonly kind: 'none' }
  /** A newer build is kept and waits for the pages of the old one. */
  | { readonly kind: 'ready' }
  /** Another tab has taken up the newer build; this page is still the old one. */
  | { readonly kind: 'taken up elsewhere' };

/** The parts of the browser that are used here, so that a test can replace them. */
export interface UpdatePorts {
  readonly container: ServiceWorkerContainer;
  readonly basePath: string;
  readonly reload: () => void;
  /** Called whenever what to offer changes. */
  readonly onUpdate: (update: SiteUpdate) => void;
  /** Called once all of this build is cached for use without a network. */
  readonly onKept: () => void;
  /** Calls back after a while, or sooner where the network comes back: what could not be kept is tried again then. */
  readonly later: (again: () => void, signal: AbortSignal) => void;
  /** Calls back after the time in which a build that was asked to take over usually has. */
  readonly soon: (again: () => void, signal: AbortSignal) => void;
  /** Requests a document of the site, as a navigation does. */
  readonly requestDocument: () => void;
}

/** How often a waiting build is asked to take over before the page reloads all the same. */
const MOST_TRIES = 8;

/**
 * Registers the service worker and watches for newer builds. A newer one never takes over by itself: the page would lose
 * the chunks that it has yet to load. Returns a function that activates it, and one that ends the watch.
 */
export function watchForUpdates(ports: UpdatePorts): {
  takeUp: (update: SiteUpdate) => void;
  check: () => void;
  end: () => void;
} {
  const { container, basePath, reload, onUpdate, onKept, later } = ports;
  const watch = new AbortController();
  const { signal } = watch;
  let registration: ServiceWorkerRegistration | undefined;
  let asked = false;
  // Whether another worker took control after the page last asked for it.
  let changed = false;
  // The first worker also takes control of this page; that is no update.
  let controlled = container.controller !== null;

  const offer = (worker: ServiceWorker | null) => {
    if (worker && controlled && !signal.aborted) onUpdate({ kind: 'ready' });
  };
  const follow = (worker: ServiceWorker | null) => {
    worker?.addEventListener('statechange', () => worker.state === 'installed' && offer(worker), { signal });
  };

  container.addEventListener(
    'controllerchange',
    () => {
      changed = true;
      if (asked) reload();
      else if (controlled) onUpdate({ kind: 'taken up elsewhere' });
      controlled = true;
    },
    { signal },
  );
  const keepTheRest = async () => {
    const ready = await container.ready;
    if (!signal.aborted) ready.active?.postMessage('keep the rest');
  };
  container.addEventListener(
    'message',
    (event) => {
      if (event.data === 'kept') onKept();
      if (event.data === 'not kept') later(() => void keepTheRest(), signal);
    },
    { signal },
  );
  // Listeners added by `addEventListener` receive nothing before this call.
  container.startMessages();

  container
    .register(`${basePath}/sw.js`, { scope: `${basePath}/`, updateViaCache: 'none' })
    .then(async (registered) => {
      registration = registered;
      offer(registered.waiting);
      follow(registered.installing);
      registered.addEventListener('updatefound', () => follow(registered.installing), { signal });
      await keepTheRest();
    })
    .catch(() => {
      // A browser may refuse (a private window, a full disk): everything works without it, only not without a network.
    });

  // Chromium stops the old worker for the waiting one, but a request that arrives meanwhile starts the old one again, and
  // then it stays until it has been idle for long. The request of a document makes Chromium stop it at once.
  const handOver = (tried: number) => {
    if (changed || signal.aborted) return;
    const waiting = registration?.waiting;
    if (!waiting || tried === MOST_TRIES) return reload();
    waiting.postMessage('take over');
    if (tried > 0) ports.requestDocument();
    ports.soon(() => handOver(tried + 1), signal);
  };

  return {
    takeUp: (update) => {
      asked = true;
      changed = false;
      if (update.kind === 'ready') handOver(0);
      else reload();
    },
    // Without a network there is nothing to find or to report.
    check: () => void registration?.update().catch(() => undefined),
    end: () => watch.abort(),
  };
}
