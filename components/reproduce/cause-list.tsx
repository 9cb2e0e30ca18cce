'use client';
import type { FactChange } from '@/lib/analysis';
import type { Rule } from '@/lib/engine';
import type { DivergenceCause } from '@/lib/reproduce';
import { CAUSE_TITLES, causeWords, sentence } from '@/lib/wording';
import { Button } from '../ui/button';
import { Worded } from '../ui/worded';

interface CauseListProps {
  causes: readonly DivergenceCause[];
  rules: readonly Rule[];
  /** Decides with other facts. */
  onTry(changes: readonly FactChange[]): void;
}

/** What explains a divergence, the likeliest first. */
export function CauseList({ causes, rules, onTry }: CauseListProps) {
  return (
    <section aria-labelledby="causes" className="space-y-2">
      <h4 id="causes" className="text-sm font-semibold">
        What explains it
      </h4>
      {causes.length === 0 ? (
        <p className="text-sm text-ink-2">
          No cause was found. That proves nothing: several may have come together, or one that is not looked for.
        </p>
      ) : (
        <>
          <p className="text-xs text-ink-2">
            The likeliest first. Under each of these assumptions the policy decides as recorded: it was decided with.
          </p>
          <ol aria-labelledby="causes" className="space-y-1.5">
            {causes.map((cause, i) => (
              <li key={i} className="flex gap-2 rounded-md border border-line px-3 py-2 text-sm">
                <span aria-hidden className="w-4 shrink-0 text-right text-xs leading-5 text-ink-2 tabular-nums">
                  {i + 1}
                </span>
                <div className="min-w-0 flex-1">
                  <p className="text-xs font-semibold">{CAUSE_TITLES[cause.kind]}</p>
                  <p className="break-words">
                    <Worded words={sentence(causeWords(cause, rules))} />
                  </p>
                  {cause.recordedRule === 'unnamed' ? null : (
                    <p className="text-xs text-ink-2">
                      {cause.recordedRule === 'same'
                        ? 'The rule that the entry names then decides.'
                        : 'Another rule than the entry names then decides.'}
                    </p>
                  )}
                </div>
                {cause.kind === 'fact' ? (
                  <Button
                    look="plain"
                    className="-my-0.5 h-7 px-2 text-xs text-accent"
                    onClick={() => onTry(cause.changes)}
                    aria-label={`Decide with it: cause ${i + 1}`}
                  >
                    Decide with it
                  </Button>
                ) : null}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
