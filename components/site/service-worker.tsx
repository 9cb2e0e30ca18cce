'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button';
import { siteAddress } from './site-address';
import { watchForUpdates, type SiteUpdate } from './service-worker-updates';

const CHECK_EVERY_MS = 60 * 60 * 1000;
const KEEP_AGAIN_MS = 30 * 1000;
const TAKE_OVER_MS = 2 * 1000;

/** Loads the icon, which is kept with every build, as a document. */
function requestIcon() {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.src = siteAddress('icon.svg');
  frame.addEventListener('load', () => frame.remove());
  document.body.append(frame);
}

/** Keeps the app for use without a network, and offers to reload when a newer build is at hand. Belongs once in the layout. */
export function ServiceWorker() {
  const [update, setUpdate] = useState<SiteUpdate>({ kind: 'none' });
  const [dismissed, setDismissed] = useState(false);
  const takeUp = useRef<(update: SiteUpdate) => void>(() => undefined);

  useEffect(() => {
    // In a frame the app caches nothing; a sandboxed frame may not even access service workers.
    if (window.top !== window.self || !('serviceWorker' in navigator)) return;
    const container = navigator.serviceWorker;
    if (process.env.NODE_ENV !== 'production') {
      // A build that was served from this address before would hide what is being developed.
      void container.getRegistrations().then((all) => all.forEach((registration) => void registration.unregister()));
      return;
    }
    const watch = watchForUpdates({
      container,
      basePath: process.env.NEXT_PUBLIC_BASE_PATH ?? '',
      reload: () => window.location.reload(),
      onUpdate: (found) => {
        setUpdate(found);
        setDismissed(false);
      },
      later: (again, signal) => {
        const timer = setTimeout(again, KEEP_AGAIN_MS);
        signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
        window.addEventListener('online', again, { once: true, signal });
      },
      soon: (again, signal) => {
        const timer = setTimeout(again, TAKE_OVER_MS);
        signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
      },
      requestDocument: requestIcon,
      onKept: () => {
        document.documentElement.dataset['offline'] = 'ready';
      },
    });
    takeUp.current = watch.takeUp;
    const timer = setInterval(watch.check, CHECK_EVERY_MS);
    return () => {
      clearInterval(timer);
      watch.end();
    };
  }, []);

  const shown = update.kind !== 'none' && !dismissed;
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-0 z-50 flex justify-center p-3">
      {shown && (
        <div className="pointer-events-auto flex flex-wrap items-center gap-2 rounded-lg border border-line bg-paper px-3 py-2 text-sm shadow-float">
          <span>
            {update.kind === 'ready'
              ? 'A new version of the playground is ready.'
              : 'Another tab uses a new version of the playground.'}
          </span>
          <Button look="primary" onClick={() => takeUp.current(update)}>
            Reload
          </Button>
          <Button look="plain" onClick={() => setDismissed(true)}>
            Later
          </Button>
        </div>
      )}
    </div>
  );
}
