import { useId, type ReactNode } from 'react';
import { Button } from '../ui/button';

interface InputCardProps {
  title: string;
  /** Words of the button that asks for another input; the button is there once something was read. */
  another: string;
  onAnother: (() => void) | undefined;
  children: ReactNode;
}

/** One of the two things that the page needs. */
export function InputCard({ title, another, onAnother, children }: InputCardProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 space-y-3 rounded-lg border border-line p-4">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {onAnother === undefined ? null : (
          <Button look="plain" onClick={onAnother}>
            {another}
          </Button>
        )}
      </div>
      {children}
    </section>
  );
}
