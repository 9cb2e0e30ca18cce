'use client';
import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { ConditionText } from '../ui/condition-text';
import { INPUT } from '../ui/field';

interface PlainFieldProps extends Omit<ComponentProps<'textarea'>, 'value'> {
  value: string;
}

/** A text field as high as its text, with our lexer's colours in a layer behind the text, which is transparent. */
export function PlainField({ value, className, ...rest }: PlainFieldProps) {
  const lines = 'col-start-1 row-start-1 px-2 py-1.5 font-mono text-xs leading-5 break-words whitespace-pre-wrap';
  return (
    <div
      className={clsx(
        INPUT,
        'grid max-h-75 min-h-13 overflow-auto px-0 has-aria-invalid:border-deny has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
      )}
    >
      <div aria-hidden className={clsx(lines, 'min-w-0')}>
        <ConditionText source={value} className="overlaid text-xs" />
        {/* A last line without text needs a character to get its height. */}
        {value === '' || value.endsWith('\n') ? <br /> : null}
      </div>
      <textarea
        value={value}
        spellCheck="false"
        autoCapitalize="off"
        autoCorrect="off"
        autoComplete="off"
        className={clsx(
          lines,
          'w-full resize-none overflow-hidden bg-transparent text-transparent caret-ink outline-none forced-color-adjust-none',
          className,
        )}
        {...rest}
      />
    </div>
  );
}
