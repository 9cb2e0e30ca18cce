'use client';
import { clsx } from 'clsx';
import { useMemo, type ReactNode } from 'react';
import { comparisonSentence, otherRuleSentence, nameIn } from '@/lib/wording';
import { EFFECT_CODES } from '@/lib/trace';
import type { ComparedTrace } from '@/lib/worker';
import { Marked } from '../ui/worded';
import { number } from '../ui/words';
import { useReplay } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { CompareGroups, type ChosenCall } from './compare-groups';
import { CopyComparison } from './copy-comparison';
import { CompareMatrix, type EffectChange } from './compare-matrix';
import { useComparison, type ShownBaseline, type ComparisonState } from './use-baseline';

interface ComparisonProps {
  against: ShownBaseline;
  /** The chosen cell; another one is shown where this one has no calls. */
  chosen: EffectChange | undefined;
  onCell(cell: EffectChange): void;
  call: ChosenCall;
  /** Lays out the parts. */
  children(parts: ComparisonParts): ReactNode;
}

export interface ComparisonParts {
  readonly sentence: ReactNode;
  readonly matrix: ReactNode;
  readonly groups: ReactNode;
  /** Queries details of the comparison; undefined while it is recalculated. */
  readonly pair: ComparisonState['pair'];
}

/** The changes over the open trace from a policy to the shown one: a sentence, counts, and lists. */
export function Comparison({ against, chosen, onCell, call, children }: ComparisonProps) {
  const { open } = useReplay('open');
  const { rules, name } = useShownPolicy();
  const { compared, stale, failure, pair } = useComparison(against);
  const seen = compared ?? stale;
  const cell = useMemo(() => (seen === undefined ? undefined : shownCell(seen, chosen)), [seen, chosen]);
  if (open === undefined) {
    return <p className="text-sm text-ink-2">Open or import a trace to compare the decisions on its calls.</p>;
  }
  if (failure !== undefined) {
    return (
      <p role="alert" className="text-sm text-deny">
        This could not be computed: {failure}
      </p>
    );
  }
  const current = compared === undefined ? undefined : pair;
  return (
    <div aria-busy={compared === undefined}>
      {children({
        pair: current,
        sentence: (
          <div className="flex flex-wrap items-start gap-x-4 gap-y-1">
            <p role="status" className="min-w-56 flex-1 text-base" data-testid="comparison">
              {compared === undefined ? <Working /> : <Said compared={compared} nameOf={nameIn(rules)} />}
            </p>
            {compared === undefined || pair === undefined ? null : (
              <CopyComparison compared={compared} pair={pair} against={against} />
            )}
          </div>
        ),
        matrix:
          seen === undefined ? null : (
            <div className={clsx(compared === undefined && 'opacity-60')}>
              <CompareMatrix compared={seen} before={against.name} after={name} cell={cell} onCell={onCell} />
            </div>
          ),
        groups:
          current === undefined || cell === undefined ? null : (
            <CompareGroups pair={current} against={against} rules={rules} cell={cell} call={call} />
          ),
      })}
    </div>
  );
}

/** Progress of deciding, shown once it takes a while. */
function Working() {
  const { deciding } = useReplay('deciding');
  if (deciding === undefined) return 'Computing…';
  return `Computing: ${number(deciding.done)} of ${number(deciding.total)} calls decided…`;
}

function Said({ compared, nameOf }: { compared: ComparedTrace; nameOf: Parameters<typeof comparisonSentence>[1] }) {
  const sentence = comparisonSentence(compared, nameOf);
  const others = otherRuleSentence(compared.otherRule);
  return (
    <>
      <Marked text={`${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`} />
      {others === undefined ? null : <span className="text-sm text-ink-2"> {others}.</span>}
    </>
  );
}

/** The chosen cell while it has calls; else the cell with the most changed calls; else one whose calls changed their rule, if any. */
function shownCell({ matrix, otherRule }: ComparedTrace, chosen: EffectChange | undefined): EffectChange | undefined {
  if (chosen !== undefined && matrix[chosen.from][chosen.to] > 0) return chosen;
  const cells = EFFECT_CODES.flatMap((from) => EFFECT_CODES.map((to) => ({ from, to })));
  const most = (among: readonly EffectChange[]) =>
    among.toSorted((a, b) => matrix[b.from][b.to] - matrix[a.from][a.to]).find(({ from, to }) => matrix[from][to] > 0);
  return most(cells.filter(({ from, to }) => from !== to)) ?? (otherRule > 0 ? most(cells) : undefined);
}
