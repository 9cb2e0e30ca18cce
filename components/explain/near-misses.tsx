'use client';
import type { NearMiss } from '@/lib/analysis';
import { missWords, sentence } from '@/lib/wording';
import type { Rule } from '@/lib/engine';
import { Button } from '../ui/button';
import { DecisionIcon } from '../ui/effect-mark';
import { Worded } from '../ui/worded';

interface NearMissesProps {
  misses: readonly NearMiss[];
  rules: readonly Rule[];
  onTry: (changes: NearMiss['changes']) => void;
}

/** The smallest changes that would change the decision. The engine has decided each of them. */
export function NearMisses({ misses, rules, onTry }: NearMissesProps) {
  if (misses.length === 0) return null;
  return (
    <section aria-labelledby="near-misses" className="mt-3">
      <h3 id="near-misses" className="mb-1 text-xs font-medium text-ink-2">
        What would change it
      </h3>
      <ul className="space-y-1">
        {misses.map((miss, i) => (
          <li key={i} className="flex items-start gap-2 rounded-md border border-line px-2 py-1.5 text-sm">
            <DecisionIcon effect={miss.gives.effect} />
            <span className="min-w-0 flex-1 break-words">
              <Worded words={sentence(missWords(miss, rules))} />
            </span>
            <Button
              look="plain"
              className="-my-0.5 h-7 px-2 text-xs text-accent"
              onClick={() => onTry(miss.changes)}
              aria-label={`Try it: change ${i + 1} of ${misses.length}`}
            >
              Try it
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
