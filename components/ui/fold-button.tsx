import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

type FoldLook = 'line' | 'words';

const LOOKS = {
  line: 'flex w-full items-start gap-1.5 px-2 py-1.5 text-left text-sm hover:bg-sunken',
  words: 'inline-flex min-h-6 items-center gap-0.5 rounded text-xs font-medium text-accent hover:underline',
} satisfies Record<FoldLook, string>;

interface FoldButtonProps {
  open: boolean;
  onOpen(open: boolean): void;
  /** `line`: a whole line of a list; `words`: a few words below what they belong to. */
  look: FoldLook;
  className?: string;
  children: ReactNode;
}

/** Shows and hides what belongs to it. */
export const FoldButton = ({ open, onOpen, look, className, children }: FoldButtonProps) => (
  <button
    type="button"
    aria-expanded={open}
    onClick={() => onOpen(!open)}
    className={clsx(LOOKS[look], 'pointer-coarse:min-h-11', className)}
  >
    <ChevronRight
      size={look === 'line' ? 14 : 12}
      aria-hidden
      className={clsx('shrink-0 transition-transform', look === 'line' && 'mt-0.5', open && 'rotate-90')}
    />
    {children}
  </button>
);
