'use client';
import { clsx } from 'clsx';
import type { Policy } from '@/lib/engine';
import { shiftWords } from '../policy/impact-words';
import { counted } from '../ui/words';
import { useImpactOf } from '../policy/use-impact';
import { useReplay } from '../session/session';

/** How many decisions on the open trace would change, calculated in the worker; the progress is shown. */
export function DecisionsThatChange({ before, after }: { before: Policy; after: Policy }) {
  const { answer: impact, current, failure } = useImpactOf(before, after);
  const { open } = useReplay('open');
  const trace = impact?.trace;
  return (
    <div aria-busy={!current} data-testid="intake-impact" className="text-sm">
      {failure === undefined ? null : (
        <p role="alert" className="text-deny">
          The changes could not be computed: {failure}
        </p>
      )}
      {open === undefined ? (
        <p className="text-ink-2">No trace is open to try it on.</p>
      ) : trace === undefined ? (
        <p role="status" className="text-ink-2">
          Deciding the calls of {open.info.name}…
        </p>
      ) : (
        <p role="status" className={clsx(!current && 'opacity-60')}>
          {trace.changed === 0 ? (
            'No decision changes'
          ) : (
            <strong className="font-semibold">{counted(trace.changed, 'decision changes', 'decisions change')}</strong>
          )}{' '}
          among the {counted(trace.total, 'call')} of {open.info.name}
          {trace.changed === 0 ? '' : `: ${shiftWords(trace.matrix)}`}.
          {trace.otherRule === 0
            ? ''
            : ` ${counted(trace.otherRule, 'call is', 'calls are')} decided by another rule, the same way.`}
          {current ? '' : ' Computing again…'}
        </p>
      )}
    </div>
  );
}
