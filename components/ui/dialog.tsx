'use client';
import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button';
import { focusFirstField, useFocusReturn } from './focus';

interface DialogProps {
  title: string;
  /** One sentence under the title, read aloud when the dialog opens. */
  description?: string;
  /** A link to the page that explains it. */
  help?: ReactNode;
  onClose(): void;
  children: ReactNode;
  footer?: ReactNode;
  size?: 'md' | 'lg';
}

/** A modal dialog: focus is kept in it, Escape closes it, and focus goes back to where it was. */
export function Dialog({ title, description, help, onClose, children, footer, size = 'md' }: DialogProps) {
  // Radix gives the focus back to a trigger of its own, and these dialogs have none.
  const focusReturn = useFocusReturn();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          {...focusReturn}
          onOpenAutoFocus={focusFirstField}
          // A toast lies above the dialog: pressing it must not close the dialog.
          onInteractOutside={(event) => {
            if (event.target instanceof Element && event.target.closest('[data-sonner-toaster]') !== null)
              event.preventDefault();
          }}
          className={clsx(
            'fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[92dvh] w-full flex-col rounded-t-xl border border-line bg-paper shadow-float sm:inset-0 sm:m-auto sm:h-fit sm:max-h-[86dvh] sm:w-[calc(100%-2rem)] sm:rounded-xl',
            size === 'lg' ? 'sm:max-w-4xl' : 'sm:max-w-xl',
          )}
        >
          <div className="flex items-start gap-3 border-b border-line px-4 py-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
              {description === undefined ? null : (
                <Radix.Description className="text-sm text-ink-2">{description}</Radix.Description>
              )}
            </div>
            {help === undefined ? null : <div className="flex h-8 items-center pointer-coarse:h-11">{help}</div>}
            <Radix.Close asChild>
              <IconButton label="Close" className="-mr-1.5">
                <X size={16} aria-hidden />
              </IconButton>
            </Radix.Close>
          </div>
          <div data-scrolls tabIndex={-1} className="min-h-0 flex-1 overflow-auto px-4 py-3 outline-none">
            {children}
          </div>
          {footer === undefined ? null : (
            <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">{footer}</div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
