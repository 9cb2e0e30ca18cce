/** What the page should offer: nothing, or to reload because a newer build is at hand. */
export type SiteUpdate =
  | { readonly kind: 'none' }
  /** A newer build is kept and waits for the pages of the old one. */
  | { readonly kind: 'ready'; readonly waiting: ServiceWorker }
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
}

/**
 * Registers the service worker and watches for newer builds. A newer one never takes over by itself: the page would lose
 * the chunks that it has yet to load. Returns a function that activates it, and one that ends the watch.
 */
export function watchForUpdates({ container, basePath, reload, onUpdate, onKept, later }: UpdatePorts): {
  takeUp: (update: SiteUpdate) => void;
  check: () => void;
  end: () => void;
} {
  const watch = new AbortController();
  const { signal } = watch;
  let registration: ServiceWorkerRegistration | undefined;
  let asked = false;
  // The first worker also takes control of this page; that is no update.
  let controlled = container.controller !== null;

  const offer = (worker: ServiceWorker | null) => {
    if (worker && controlled && !signal.aborted) onUpdate({ kind: 'ready', waiting: worker });
  };
  const follow = (worker: ServiceWorker | null) => {
    worker?.addEventListener('statechange', () => worker.state === 'installed' && offer(worker), { signal });
  };

  container.addEventListener(
    'controllerchange',
    () => {
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

  return {
    takeUp: (update) => {
      asked = true;
      if (update.kind === 'ready') update.waiting.postMessage('take over');
      else reload();
    },
    // Without a network there is nothing to find or to report.
    check: () => void registration?.update().catch(() => undefined),
    end: () => watch.abort(),
  };
}
