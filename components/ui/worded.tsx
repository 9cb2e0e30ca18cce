import { clsx } from 'clsx';
import { marked, type Sentence } from './words';

/** Words with the user's own text in another style. */
export function Worded({ words, className }: { words: Sentence; className?: string }) {
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

/** A sentence of `lib`, in which the user's own text is between backticks. */
export function Marked({ text }: { text: string }) {
  return <Worded words={marked(text)} />;
}
