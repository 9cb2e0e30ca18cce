'use client';
import {
  Fragment,
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { Bundle } from '@/lib/bundle';
import { writeBundle } from '@/lib/bundle';
import type { EmbedDecision, EmbedOptions, EmbedTests, EmbedView } from '@/lib/embed';
import type { CallId } from '@/lib/engine';
import { RefusalText } from '../session/refusal';
import { ConditionView } from './condition-view';
import { DecisionView } from './decision-view';
import { EmbedActions } from './embed-actions';
import type { EmbedStore } from './embed-store';
import { ExerciseView } from './exercise-view';
import type { HostLink } from './host-link';
import { PolicyView } from './policy-view';
import { RuleView } from './rule-view';
import { sampleOf } from './sample-calls';
import { useDecided, type DecidedBundle } from './use-decided';
import { useHeight } from './use-height';
import type { EmbedViewProps } from './view-props';

interface EmbedPageProps {
  options: EmbedOptions;
  store: EmbedStore;
  host: HostLink;
  /** What the engine says of the bundle that the address has, where that is known before the page is drawn. */
  first: DecidedBundle | undefined;
}

/** The page of an embed: its view, and below it what can be done with the present state. */
export function EmbedPage({ options, store, host, first }: EmbedPageProps) {
  const { content, used } = useSyncExternalStore(store.subscribe, store.getState);
  const root = useRef<HTMLElement>(null);
  const height = useRef(0);
  const onHeight = useCallback(
    (now: number) => {
      height.current = now;
      host.send({ type: 'resize', height: now, asked: store.getState().used });
    },
    [host, store],
  );
  useHeight(root, onHeight);
  // The content may have been higher than the frame before it was used.
  useEffect(() => {
    if (used) host.send({ type: 'resize', height: height.current, asked: true });
  }, [used, host]);
  return (
    <main ref={root} aria-label="Policy playground" className="space-y-2 bg-paper p-3">
      {content.kind === 'open' ? (
        <OpenBundle
          bundle={content.bundle}
          original={content.original}
          focus={content.focus}
          turn={content.turn}
          used={used}
          options={options}
          store={store}
          host={host}
          first={first}
        />
      ) : content.kind === 'refused' ? (
        <div role="alert" className="text-sm text-deny">
          <RefusalText refusal={content.refusal} />
        </div>
      ) : (
        <p role="status" className="text-sm text-ink-2">
          Waiting for the example…
        </p>
      )}
    </main>
  );
}

interface OpenBundleProps extends EmbedPageProps {
  bundle: Bundle;
  original: Bundle;
  focus: CallId | undefined;
  turn: number;
  used: boolean;
}

function OpenBundle({ bundle, original, focus, turn, used, options, store, host, first }: OpenBundleProps) {
  const call = useMemo(() => sampleOf(bundle, focus), [bundle, focus]);
  const decided = useDecided(bundle, call, first);
  useReportedChanges({ decided, original, host });
  // What the reader has chosen to look at is shown again where the state is opened or copied.
  const present = useMemo(() => (focus === undefined ? bundle : { ...bundle, focus }), [bundle, focus]);
  return (
    <>
      <h1 className="sr-only">{bundle.name}</h1>
      <Fragment key={turn}>{VIEWS[options.view]({ bundle, call, decided, options, store })}</Fragment>
      {/* What was typed and is not valid has changed nothing yet, and can be reset too. */}
      <EmbedActions bundle={present} changed={used || bundle !== original} onReset={() => store.reset()} />
    </>
  );
}

const VIEWS: Record<EmbedView, (props: EmbedViewProps) => ReactNode> = {
  rule: (props) => <RuleView {...props} />,
  policy: (props) => <PolicyView {...props} />,
  decision: (props) => <DecisionView {...props} />,
  condition: (props) => <ConditionView {...props} />,
  exercise: (props) => <ExerciseView {...props} />,
};

interface ReportedChanges {
  decided: DecidedBundle | undefined;
  original: Bundle;
  host: HostLink;
}

/** Sends `change` for each state that differs from the one before, once it is decided; not for the one that arrived. */
function useReportedChanges({ decided, original, host }: ReportedChanges): void {
  const reported = useRef<Bundle>(original);
  const arrived = useRef<Bundle>(original);
  const report = useEffectEvent(({ bundle, reasons, tests }: DecidedBundle) => {
    if (arrived.current !== original) {
      arrived.current = original;
      reported.current = original;
    }
    if (reported.current === bundle) return;
    reported.current = bundle;
    host.send({
      type: 'change',
      bundle: writeBundle(bundle),
      decision: reasons === undefined ? null : decisionOf(reasons),
      tests: tests.length === 0 ? null : testsOf(tests),
    });
  });
  useEffect(() => {
    if (decided !== undefined) report(decided);
  }, [decided]);
}

function decisionOf({ decision: { id, effect, decidedBy } }: NonNullable<DecidedBundle['reasons']>): EmbedDecision {
  return { call: id, effect, ruleId: 'ruleId' in decidedBy ? decidedBy.ruleId : null };
}

const testsOf = (tests: DecidedBundle['tests']): EmbedTests => ({
  passed: tests.filter(({ outcome }) => outcome.wrong === undefined).length,
  total: tests.length,
});
