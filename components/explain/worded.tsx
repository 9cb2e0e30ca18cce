import { clsx } from 'clsx';
import type { Words } from './words';

/** Words with the user's own text set apart. */
export function Worded({ words, className }: { words: Words; className?: string }) {
  return (
    <span className={className}>
      {words.map((word, i) =>
        word.code ? (
          <code key={i} className={clsx('rounded bg-sunken px-1 font-mono text-[0.92em] break-words')}>
            {word.text}
          </code>
        ) : (
          <span key={i}>{word.text}</span>
        ),
      )}
    </span>
  );
}
