import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

type ButtonLook = 'plain' | 'primary' | 'outline' | 'danger';

const LOOKS = {
  plain: 'text-ink-2 hover:bg-sunken hover:text-ink',
  primary: 'bg-accent text-accent-ink hover:opacity-90',
  outline: 'border border-line-strong/60 bg-paper text-ink hover:bg-sunken',
  danger: 'border border-deny/60 bg-paper text-deny hover:bg-deny-soft',
} satisfies Record<ButtonLook, string>;

interface ButtonProps extends ComponentProps<'button'> {
  look?: ButtonLook;
}

/** A button with words (and perhaps an icon before them). */
export function Button({ look = 'outline', className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={clsx(
        'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md px-2.5 text-sm font-medium whitespace-nowrap transition-colors disabled:opacity-50 pointer-coarse:h-11',
        LOOKS[look],
        className,
      )}
      {...rest}
    />
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** What it does, in words: read aloud, and shown on hover. */
  label: string;
}

/** A button that is only an icon: its words are its label. */
export function IconButton({ label, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={clsx(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2 transition-colors hover:bg-sunken hover:text-ink disabled:opacity-40 disabled:hover:bg-transparent pointer-coarse:size-11',
        className,
      )}
      {...rest}
    />
  );
}
