'use client';
import { clsx } from 'clsx';
import type { DecisionEffect } from '@/lib/engine';
import { EFFECT_CODES } from '@/lib/trace';
import type { ComparedTrace } from '@/lib/worker';
import { DECISION_MARKS } from '../ui/effect-mark';
import { counted, number } from '../ui/words';

export interface EffectChange {
  readonly from: DecisionEffect;
  readonly to: DecisionEffect;
}

interface CompareMatrixProps {
  compared: ComparedTrace;
  before: string;
  after: string;
  cell: EffectChange | undefined;
  onCell(cell: EffectChange): void;
}

const word = (effect: DecisionEffect): string => DECISION_MARKS[effect].word.toLowerCase();

/** Numbers of calls by effect before and after; choosing a cell lists its calls. */
export function CompareMatrix({ compared: { matrix }, before, after, cell, onCell }: CompareMatrixProps) {
  return (
    <div className="overflow-x-auto">
      <table className="text-sm" aria-label="Calls by their decision before and after">
        <thead>
          <tr>
            <th scope="col" className="max-w-24 pr-2 pb-1 text-left sm:max-w-40 sm:pr-3 text-xs font-normal text-ink-2">
              <span className="block truncate">{before} ↓</span>
              <span className="block truncate">{after} →</span>
            </th>
            {EFFECT_CODES.map((to) => (
              <th key={to} scope="col" className="px-1 pb-1 text-center text-xs font-medium">
                <Head effect={to} prefix="is now" stacked />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {EFFECT_CODES.map((from) => (
            <tr key={from}>
              <th scope="row" className="py-1 pr-2 text-left text-xs font-medium sm:pr-3">
                <Head effect={from} prefix="was" />
              </th>
              {EFFECT_CODES.map((to) => {
                const count = matrix[from][to];
                const chosen = cell?.from === from && cell.to === to;
                return (
                  <td key={to} className="p-0.5">
                    <button
                      type="button"
                      aria-pressed={chosen}
                      disabled={count === 0}
                      aria-label={`${counted(count, 'call')} ${from === to ? `stay ${word(from)}` : `go from ${word(from)} to ${word(to)}`}`}
                      onClick={() => onCell({ from, to })}
                      className={clsx(
                        'h-9 w-full min-w-16 rounded-md border px-2 sm:min-w-20 text-center tabular-nums pointer-coarse:h-11',
                        chosen ? 'border-accent bg-accent-soft font-semibold' : 'border-line hover:bg-sunken',
                        count === 0 && 'text-ink-3',
                        from !== to && count > 0 && !chosen && ['font-semibold', DECISION_MARKS[to].soft],
                        from !== to && count > 0 && DECISION_MARKS[to].text,
                      )}
                    >
                      {number(count)}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadProps {
  effect: DecisionEffect;
  prefix: string;
  /** On a narrow screen the word goes below the icon. */
  stacked?: boolean;
}

function Head({ effect, prefix, stacked = false }: HeadProps) {
  const { word: name, icon: Icon, text } = DECISION_MARKS[effect];
  return (
    <span className={clsx('inline-flex items-center gap-1 whitespace-nowrap', stacked && 'max-sm:flex-col', text)}>
      <Icon size={12} strokeWidth={2.5} aria-hidden />
      <span className="sr-only">{prefix} </span>
      {name}
    </span>
  );
}
