'use client';
import { CircleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/button';

/** A notice across the page, with what can be done about it. */
export function NoticeBar({
  children,
  actions,
  onClose,
}: {
  children: ReactNode;
  actions?: ReactNode;
  onClose?: (() => void) | undefined;
}) {
  return (
    <div
      role="alert"
      className="flex max-h-40 shrink-0 items-start gap-2 overflow-auto border-b border-gated/40 bg-gated-soft px-3 py-2 text-sm"
    >
      <CircleAlert size={16} className="mt-0.5 shrink-0 text-gated" aria-hidden />
      <div className="min-w-0 flex-1">{children}</div>
      {actions === undefined ? null : <span className="flex flex-wrap gap-2">{actions}</span>}
      {onClose === undefined ? null : (
        <IconButton label="Dismiss" className="-my-1" onClick={onClose}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
