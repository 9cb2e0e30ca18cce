'use client';
import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { useId } from 'react';

interface SegmentedProps<T extends string> {
  label: string;
  hint?: string;
  value: T;
  options: readonly { value: T; label: string; icon?: LucideIcon; className?: string }[];
  onValue(value: T): void;
}

/** Radio buttons in the form of a segmented control. */
export function Segmented<T extends string>({ label, hint, value, options, onValue }: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-ink-2">{label}</legend>
      <div className="inline-flex rounded-md border border-line-strong/70 p-0.5">
        {options.map(({ value: option, label: text, icon: Icon, className }) => (
          <label
            key={option}
            className={clsx(
              'flex h-7 cursor-pointer items-center gap-1 rounded px-2 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:h-10',
              option === value ? clsx('bg-sunken font-medium', className) : 'text-ink-2 hover:text-ink',
            )}
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={option === value}
              onChange={() => onValue(option)}
            />
            {Icon === undefined ? null : <Icon size={13} aria-hidden />}
            {text}
          </label>
        ))}
      </div>
      {hint === undefined ? null : <p className="mt-1 text-xs text-ink-2">{hint}</p>}
    </fieldset>
  );
}
