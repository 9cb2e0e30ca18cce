import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

interface FoldButtonProps {
  open: boolean;
  onOpen(open: boolean): void;
  children: ReactNode;
}

/** The line of a list that shows and hides what belongs to it. */
export const FoldButton = ({ open, onOpen, children }: FoldButtonProps) => (
  <button
    type="button"
    aria-expanded={open}
    onClick={() => onOpen(!open)}
    className="flex w-full items-start gap-1.5 px-2 py-1.5 text-left text-sm hover:bg-sunken pointer-coarse:min-h-11"
  >
    <ChevronRight size={14} aria-hidden className={clsx('mt-0.5 shrink-0 transition-transform', open && 'rotate-90')} />
    {children}
  </button>
);
