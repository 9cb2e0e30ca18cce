'use client';
import { useReplay } from '../../session/session';
import { Comparison } from '../comparison';
import type { ShownBaseline, ComparisonState } from '../use-baseline';
import type { CompareAddress } from './address';
import type { Navigate } from './use-address';
import { useWide } from './use-wide';
import { partOf } from '../../ui/part';

// Below what was decided, which is there first.
const ChangedRules = partOf(() => import('../changed-rules').then((m) => m.ChangedRules));
// Loaded once a call is chosen.
const CallDetail = partOf(() => import('./call-detail').then((m) => m.CallDetail));

interface ResultProps {
  against: ShownBaseline;
  address: CompareAddress;
  go: Navigate;
}

/** The comparison in two columns: what changes and its calls, and beside them the chosen call. On a narrow screen that opens in the list. */
export function Result({ against, address, go }: ResultProps) {
  const wide = useWide();
  const { open } = useReplay('open');
  const { cell, call } = address;
  const missing = call !== undefined && open !== undefined && call >= open.info.calls;
  return (
    <Comparison
      against={against}
      chosen={cell}
      onCell={(chosen) => go({ ...address, cell: chosen, call: undefined }, 'step')}
      call={{
        index: call,
        // Choosing calls adds no entries to the browser's history: one step back leaves the list.
        choose: (index, within) => go({ ...address, cell: within, call: index }, call === undefined ? 'step' : 'same'),
        below: wide
          ? undefined
          : (pair, index) => (
              <div className="py-2">
                <CallDetail index={index} pair={pair} against={against} />
              </div>
            ),
      }}
    >
      {({ sentence, matrix, groups, pair }) => (
        <div className="space-y-4">
          {sentence}
          {missing && !wide ? <NoSuchCall /> : null}
          <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
            <div className="min-w-0 space-y-4">
              <ChangedRules against={against} />
              {matrix}
              {groups}
            </div>
            {wide ? (
              <section
                aria-label="The chosen call"
                className="min-w-0 self-start rounded-lg border border-line p-4 lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:overflow-auto"
                tabIndex={0}
              >
                <Chosen call={call} missing={missing} pair={pair} against={against} />
              </section>
            ) : null}
          </div>
        </div>
      )}
    </Comparison>
  );
}

interface ChosenProps {
  call: number | undefined;
  missing: boolean;
  pair: ComparisonState['pair'];
  against: ShownBaseline;
}

function Chosen({ call, missing, pair, against }: ChosenProps) {
  if (missing) return <NoSuchCall />;
  if (call !== undefined) return <CallDetail index={call} pair={pair} against={against} />;
  return (
    <p className="py-8 text-center text-sm text-ink-2">
      Choose a call of the list to see what decides it before and now, and why.
    </p>
  );
}

function NoSuchCall() {
  return (
    <p role="status" className="py-4 text-center text-sm text-ink-2">
      The trace has no call at the position that this address names. Choose one from the list.
    </p>
  );
}
