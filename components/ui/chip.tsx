import { X } from 'lucide-react';
import { OutsideText } from './outside/outside-text';

interface ChipProps {
  value: string;
  /** What is to be known of it. */
  title?: string | undefined;
  /** Whether Tab stops at its button; false where other keys remove the chip. */
  tabStop?: boolean;
  onRemove(): void;
}

/** One of several short texts, with a button that removes it. */
export function Chip({ value, title, tabStop = true, onRemove }: ChipProps) {
  return (
    <span className="inline-flex max-w-full items-center rounded bg-sunken pl-1.5 font-mono text-xs" title={title}>
      <span className="truncate">
        <OutsideText text={value} spaces />
      </span>
      <button
        type="button"
        tabIndex={tabStop ? undefined : -1}
        aria-label={`Remove ${value}`}
        onClick={onRemove}
        className="flex size-6 shrink-0 items-center justify-center rounded text-ink-2 hover:text-ink pointer-coarse:size-10"
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  );
}
