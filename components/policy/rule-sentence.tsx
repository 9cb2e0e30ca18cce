import { clsx } from 'clsx';
import { Fragment } from 'react';
import type { Rule } from '@/lib/engine';
import { OutsideText } from '../ui/outside/outside-text';
import { sentenceOf } from './sentence';

/** The rule's scope and tools as one sentence; parts that were left open are dimmed. */
export function RuleSentence({ rule }: { rule: Rule }) {
  return (
    <span className="text-sm text-ink-2">
      {sentenceOf(rule).map((part, i) => (
        <Fragment key={i}>
          {i > 0 ? ' ' : ''}
          {part.kind === 'word' ? (
            part.text
          ) : (
            <span
              className={clsx(
                part.any ? 'text-ink-2' : 'rounded bg-sunken px-1 font-mono text-xs wrap-anywhere text-ink',
              )}
            >
              <OutsideText text={part.text} spaces />
            </span>
          )}
        </Fragment>
      ))}
    </span>
  );
}
