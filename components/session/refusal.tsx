'use client';
import type { BundleProblem } from '@/lib/bundle';
import type { IncomingPolicy } from '@/lib/intake';
import { Marked } from '../ui/worded';
import { number } from '../ui/words';

/** Why something that came in was not opened or not taken. */
export interface Refusal {
  /** The start of the sentence: `This link was not opened`. */
  readonly what: string;
  /** Lower case, without a full stop. */
  readonly message: string;
  readonly problems: readonly BundleProblem[];
}

/** The refusal of an address, a paste or a file. */
export const refusalOf = ({ form, message, problems }: Extract<IncomingPolicy, { ok: false }>): Refusal => ({
  what: form === 'link' ? 'This link was not opened' : 'Not opened',
  message,
  problems,
});

const MOST_PROBLEMS = 200;

/** A refusal with each of its problems and their positions. */
export function RefusalText({ refusal: { what, message, problems } }: { refusal: Refusal }) {
  return (
    <>
      <p className="font-medium">
        {what}: <Marked text={message} />.
      </p>
      {problems.length === 0 ? null : (
        <ul className="mt-1 max-h-40 list-disc overflow-auto pl-5 text-xs" tabIndex={0} aria-label="Problems">
          {problems.slice(0, MOST_PROBLEMS).map(({ pointer, message: text, position }, i) => (
            <li key={i}>
              {position === undefined ? '' : `line ${position.line}, column ${position.column}: `}
              {pointer === '' ? '' : <code className="font-mono">{pointer} </code>}
              <Marked text={text} />
            </li>
          ))}
          {problems.length > MOST_PROBLEMS ? <li>and {number(problems.length - MOST_PROBLEMS)} more</li> : null}
        </ul>
      )}
    </>
  );
}
