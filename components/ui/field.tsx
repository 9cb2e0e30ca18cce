'use client';
import { clsx } from 'clsx';
import { useId, type ComponentProps, type ReactNode } from 'react';
import { Marked } from './worded';

interface FieldProps {
  label: string;
  hint?: string | undefined;
  /** A link to the page that explains it, after the label. */
  help?: ReactNode;
  /** What is wrong with what was given, in one sentence; the user's own text in backticks. */
  problem?: string | undefined;
  children(id: string, describedBy: string | undefined): ReactNode;
}

/** A labelled input with its hint and its problem. */
export function Field({ label, hint, help, problem, children }: FieldProps) {
  const id = useId();
  const described = [hint === undefined ? '' : `${id}-hint`, problem === undefined ? '' : `${id}-problem`].filter(
    Boolean,
  );
  return (
    <div>
      <div className="mb-1 flex items-center gap-1">
        <label htmlFor={id} className="text-xs font-medium text-ink-2">
          {label}
        </label>
        {help}
      </div>
      {children(id, described.length === 0 ? undefined : described.join(' '))}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="mt-1 text-xs text-ink-2">
          {hint}
        </p>
      )}
      {problem === undefined ? null : (
        <p id={`${id}-problem`} className="mt-1 text-xs text-deny" role="alert">
          <Marked text={problem} />
        </p>
      )}
    </div>
  );
}

export const INPUT =
  'w-full rounded-md border border-line-strong/70 bg-paper px-2 text-sm text-ink placeholder:text-ink-3 aria-invalid:border-deny';

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={clsx(INPUT, 'h-8 pointer-coarse:h-11', className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={clsx(INPUT, 'py-1.5', className)} {...rest} />;
}
