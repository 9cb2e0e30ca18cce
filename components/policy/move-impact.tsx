'use client';
import { clsx } from 'clsx';
import { ArrowUpDown, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import type { RuleClash } from '@/lib/analysis';
import type { Rule, RuleId } from '@/lib/engine';
import { useReplay } from '../session/session';
import { counted } from '../ui/words';
import { MoveRegions } from './move-regions';
import { changeWords, clashWords } from './move-words';
import { useMove } from './use-move';

interface MoveImpactProps {
  rules: readonly Rule[];
  id: RuleId;
  /** The new index, from 0. */
  index: number;
  onClashes?(clashes: readonly RuleClash[]): void;
}

const CLASHES_SHOWN = 3;

/** What moving the rule here would change, and its conflicts with the rules in between; announced to screen readers once known. */
export function MoveImpact({ rules, id, index, onClashes }: MoveImpactProps) {
  const { answer, current, failure } = useMove(id, index);
  const { open } = useReplay('open');
  const rule = rules.find((one) => one.id === id);
  const clashes = answer?.clashes ?? NONE;
  useEffect(() => onClashes?.(clashes), [clashes, onClashes]);
  if (rule === undefined) return null;
  const changes = answer === undefined ? '' : changeWords(answer, rule, open?.info.name ?? '');
  const conflicts = clashes.slice(0, CLASHES_SHOWN).map((clash) => clashWords(clash, rules));
  const more = clashes.length - conflicts.length;
  const moreWords = more > 0 ? `${counted(more, 'more rule')}` : '';
  const spoken = [changes, ...conflicts.map((words) => `Conflicts with ${words}.`), moreWords && `And ${moreWords}.`];
  return (
    <section aria-label="What moving would change" aria-busy={!current} data-testid="move-impact" className="text-sm">
      {/* What is drawn changes while it is dimmed; what is said aloud is said once, when it is known. */}
      <div aria-hidden>
        <p className="flex items-baseline gap-1.5 text-xs font-medium text-ink-2">
          <ArrowUpDown size={12} aria-hidden className="self-center" />
          At position {index + 1} of {rules.length}
          {current ? '' : ': computing…'}
        </p>
        {failure === undefined ? null : <p className="text-deny">This could not be computed: {failure}</p>}
        <div className={clsx(!current && 'opacity-60')}>
          <p className="break-words">{changes}</p>
          {conflicts.length === 0 ? null : (
            <ul className="mt-1 space-y-0.5 text-gated">
              {conflicts.map((words) => (
                <li key={words} className="flex items-start gap-1.5">
                  <TriangleAlert size={13} className="mt-0.5 shrink-0" aria-hidden />
                  <span className="min-w-0 break-words">Conflicts with {words}</span>
                </li>
              ))}
              {more > 0 ? <li className="pl-5">and with {moreWords}</li> : null}
            </ul>
          )}
        </div>
      </div>
      <MoveRegions id={id} index={index} ready={current && failure === undefined} />
      <p role="status" className="sr-only">
        {current ? spoken.filter(Boolean).join(' ') : ''}
      </p>
    </section>
  );
}

const NONE: readonly RuleClash[] = [];
