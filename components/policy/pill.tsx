import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

/** The state of a pill: left open, chosen, required and missing, or in colours of its own. */
export type PillLook = 'open' | 'chosen' | 'missing' | 'own';

const LOOKS = {
  open: 'border-dashed border-line-strong/70 text-ink-2 hover:border-solid hover:bg-sunken hover:text-ink',
  chosen: 'border-line-strong/50 bg-sunken text-ink hover:border-line-strong',
  own: 'border-transparent hover:border-current',
  missing: 'border-dashed border-gated bg-gated-soft text-gated hover:border-solid',
} satisfies Record<PillLook, string>;

interface PillProps extends ComponentProps<'button'> {
  look: PillLook;
  /** Name of the pill, read before its value: "Agents: any agent". */
  label: string;
  /** Its value, as one text. */
  says: string;
}

/** One slot of the sentence, which opens its editor. */
export function Pill({ look, label, says, className, ...rest }: PillProps) {
  return (
    <button
      type="button"
      aria-label={`${label}: ${says}`}
      className={clsx(
        'inline-flex min-h-7 max-w-full min-w-0 items-center gap-1 rounded-md border px-1.5 py-px text-left text-sm transition-colors data-[state=open]:border-solid data-[state=open]:border-accent pointer-coarse:min-h-11 pointer-coarse:px-2.5',
        LOOKS[look],
        className,
      )}
      {...rest}
    />
  );
}
