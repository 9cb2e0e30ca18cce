'use client';
import { clsx } from 'clsx';
import { ArrowRight, TriangleAlert } from 'lucide-react';
import { memo, useState, type ReactNode } from 'react';
import type { DecisionEffect, Policy } from '@/lib/engine';
import type { TraceComparison } from '@/lib/trace';
import type { EditImpact } from '@/lib/worker';
import { DECISION_MARKS, DecisionBadge } from '../ui/effect-mark';
import { FoldButton } from '../ui/fold-button';
import { useReplay, useSession } from '../session/session';
import type { WorkerAnswer } from '../session/use-answer';
import { shiftWords, totalsOf } from './impact-words';
import { useLasting } from '../ui/use-lasting';
import { counted, number } from '../ui/words';
import { useImpact, useImpactOf } from './use-impact';

const CALLS_SHOWN = 50;
const CELLS_SHOWN = 100;

/** What saving the draft would change: in the open trace, and in the access of each agent. Updated as the user types. */
export const ImpactPanel = memo(function ImpactPanel() {
  return <ImpactView title="What saving would change" label="Impact of saving" of={useImpact()} />;
});

/** What one edit would change, in the place of the shown policy. */
export function ImpactOf({ before, after, title }: { before: Policy; after: Policy; title: string }) {
  return <ImpactView title={title} label={title} of={useImpactOf(before, after)} />;
}

interface ImpactViewProps {
  title: string;
  label: string;
  of: WorkerAnswer<EditImpact>;
}

/** The impact of an edit, as far as it is known. */
export function ImpactView({ title, label, of: { answer: impact, current, failure } }: ImpactViewProps) {
  const { open } = useReplay('open');
  const behind = useLasting(!current);
  return (
    <section
      aria-label={label}
      aria-busy={!current}
      data-testid="impact"
      className="rounded-lg border border-line bg-canvas px-3 py-2.5"
    >
      <h3 className="flex flex-wrap items-baseline gap-x-2 text-xs font-medium text-ink-2">
        {title}
        <span role="status" className="font-normal">
          {current ? '' : 'computing…'}
        </span>
      </h3>
      {failure === undefined ? null : (
        <p role="alert" className="mt-1 text-sm text-deny">
          This could not be computed: {failure}
        </p>
      )}
      {impact === undefined ? null : (
        <div className={clsx('space-y-3', behind && 'opacity-60')}>
          <TracePart name={open?.info.name ?? ''} trace={impact.trace} />
          <CatalogPart catalog={impact.catalog} />
        </div>
      )}
    </section>
  );
}

function TracePart({ name, trace }: { name: string; trace: EditImpact['trace'] }) {
  const { replay } = useSession();
  const { focus } = useReplay('focus');
  if (trace === undefined) return <p className="mt-1 text-sm text-ink-2">No trace is open to try it on.</p>;
  const { changed, total, otherRule, matrix, lines, newHazards } = trace;
  return (
    <div className="mt-1 space-y-1.5">
      <p className="text-sm" data-testid="impact-trace">
        {changed === 0 ? (
          <>No decision changes among the {counted(total, 'call')}</>
        ) : (
          <>
            <strong className="font-semibold">{counted(changed, 'decision changes', 'decisions change')}</strong> among
            the {counted(total, 'call')}
          </>
        )}{' '}
        of {name}
        {changed === 0 ? '' : `: ${shiftWords(matrix)}`}.
        {otherRule === 0 ? '' : ` ${counted(otherRule, 'call is', 'calls are')} decided by another rule, the same way.`}
      </p>
      <Totals matrix={matrix} />
      <Warning count={newHazards['gate-passed']}>pass a gate whose condition does not hold</Warning>
      <Warning count={newHazards['deny-skipped']}>pass a deny rule whose condition fails</Warning>
      {lines.length === 0 ? null : (
        <Fold label={lines.length === 1 ? 'Show the call' : 'Show the calls'}>
          <ul className="max-h-64 overflow-auto" aria-label="Calls that change" tabIndex={0}>
            {lines.slice(0, CALLS_SHOWN).map(({ index, line, from, to }) => (
              <li key={index}>
                <button
                  type="button"
                  aria-current={focus === index}
                  onClick={() => replay.select(index)}
                  className="flex w-full flex-wrap items-center gap-x-2 gap-y-0.5 rounded px-1 py-1 text-left text-xs hover:bg-sunken aria-[current=true]:bg-accent-soft pointer-coarse:min-h-11"
                >
                  <span className="font-medium">{line.tool ?? 'no tool'}</span>
                  <span className="min-w-0 flex-1 truncate text-ink-2">
                    {[line.agent, line.user, line.args].filter(Boolean).join(' · ')}
                  </span>
                  <Change from={from} to={to} />
                </button>
              </li>
            ))}
          </ul>
          <More shown={Math.min(lines.length, CALLS_SHOWN)} of={changed} what="calls" />
        </Fold>
      )}
    </div>
  );
}

const CatalogPart = memo(function CatalogPart({ catalog }: { catalog: EditImpact['catalog'] }) {
  const { total, changed, changes, agents, tools, matrix } = catalog;
  if (total === 0) {
    return (
      <p className="text-xs text-ink-2">
        The catalog has no tool or no agent yet, so access beyond the trace is not known.
      </p>
    );
  }
  return (
    <div className="space-y-1.5 border-t border-line pt-2">
      <p className="text-sm" data-testid="impact-catalog">
        {changed === 0 ? (
          <>No agent’s access to any tool of the catalog changes ({counted(total, 'combination')} looked at).</>
        ) : (
          <>
            <strong className="font-semibold">Access changes</strong> for {counted(agents.length, 'agent')} and{' '}
            {counted(tools, 'tool')}: of {counted(total, 'combination')}, {shiftWords(matrix)}.
          </>
        )}
      </p>
      {changed === 0 ? null : (
        <Fold label="Show tools and agents">
          <ul className="max-h-64 overflow-auto" aria-label="Access that changes" tabIndex={0}>
            {changes.slice(0, CELLS_SHOWN).map(({ resource, tool, agent, before, after }) => (
              <li
                key={`${resource} ${tool} ${agent}`}
                className="flex flex-wrap items-center gap-x-2 gap-y-0.5 px-1 py-1 text-xs"
              >
                <span className="font-medium break-all">{tool}</span>
                <span className="min-w-0 flex-1 truncate text-ink-2">
                  on {resource} · {agent}
                </span>
                <Change from={before} to={after} />
              </li>
            ))}
          </ul>
          <More shown={Math.min(changes.length, CELLS_SHOWN)} of={changed} what="combinations" />
        </Fold>
      )}
    </div>
  );
});

/** Each effect's count over the trace, before and after. */
function Totals({ matrix }: { matrix: TraceComparison['matrix'] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs" aria-label="Decisions before and after">
      {totalsOf(matrix)
        .filter(({ before, after }) => before + after > 0)
        .map(({ effect, before, after }) => {
          const { word, icon: Icon, text } = DECISION_MARKS[effect];
          return (
            <li key={effect} className={clsx('flex items-center gap-1 tabular-nums', text)} data-effect={effect}>
              <Icon size={12} strokeWidth={2.5} aria-hidden />
              {word} {number(before)}
              {before === after ? null : (
                <>
                  <ArrowRight size={11} role="img" aria-label="becomes" />
                  <strong className="font-semibold">{number(after)}</strong>
                </>
              )}
            </li>
          );
        })}
    </ul>
  );
}

function Change({ from, to }: { from: DecisionEffect; to: DecisionEffect }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-1">
      <DecisionBadge effect={from} />
      <ArrowRight size={11} role="img" aria-label="becomes" className="text-ink-2" />
      <DecisionBadge effect={to} />
    </span>
  );
}

function Warning({ count, children }: { count: number; children: string }) {
  if (count === 0) return null;
  return (
    <p className="flex items-start gap-1.5 rounded-md bg-gated-soft px-2 py-1.5 text-sm text-gated">
      <TriangleAlert size={14} className="mt-0.5 shrink-0" aria-hidden />
      <span>
        <span className="sr-only">Hazard: </span>
        After saving, calls that {children} and are allowed by a lower rule: {number(count)} more
      </span>
    </p>
  );
}

function Fold({ label, children }: { label: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <FoldButton look="words" open={open} onOpen={setOpen}>
        {label}
      </FoldButton>
      {open ? children : null}
    </div>
  );
}

function More({ shown, of, what }: { shown: number; of: number; what: string }) {
  if (shown >= of) return null;
  return (
    <p className="px-1 text-xs text-ink-2">
      The first {shown} of {number(of)} {what}
    </p>
  );
}
