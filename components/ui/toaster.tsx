'use client';
import { useSyncExternalStore, type CSSProperties } from 'react';
import { Toaster as Sonner } from 'sonner';

const WIDE = '(min-width: 64rem)';

/**
 * The container in which toasts are shown and announced: on a wide screen within the top bar, where nothing else is, so that a toast covers no
 * button and no fact; on a narrow one above the tabs.
 */
export function Toaster() {
  const isWide = useSyncExternalStore(onWidth, () => matchMedia(WIDE).matches);
  return (
    <Sonner
      position={isWide ? 'top-center' : 'bottom-center'}
      offset={{ top: 3, bottom: 64 }}
      mobileOffset={{ bottom: 64 }}
      style={{ '--width': isWide ? '20rem' : '22rem', fontFamily: 'var(--font-sans)' } as CSSProperties}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-center gap-3 rounded-lg border border-line bg-paper px-3 py-2.5 lg:py-1.5 text-sm text-ink shadow-float',
          title: 'line-clamp-4 min-w-0 flex-1 wrap-anywhere',
          actionButton:
            'ml-auto shrink-0 whitespace-nowrap rounded-md px-2 py-1 font-medium text-accent hover:bg-sunken',
        },
      }}
    />
  );
}

function onWidth(changed: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}
