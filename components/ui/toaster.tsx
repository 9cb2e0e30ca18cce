'use client';
import { Toaster as Sonner } from 'sonner';

/** The container in which toasts are shown and announced. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-center"
      offset={{ bottom: 64 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-center gap-3 rounded-lg border border-line bg-paper px-3 py-2.5 text-sm text-ink shadow-float',
          title: 'flex-1',
          actionButton: 'ml-auto rounded-md px-2 py-1 font-medium text-accent hover:bg-sunken',
        },
      }}
    />
  );
}
