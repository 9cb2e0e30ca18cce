'use client';
import { memo, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { clsx } from 'clsx';
import { Explanation } from '../explain/explanation';
import { FirstScreen, FirstScreenEnd } from '../first-screen/first-screen';
import { PolicyPane } from '../policy/policy-pane';
import { TracePane } from '../replay/trace-pane';
import { ErrorBoundary } from '../session/boundary';
import { DialogHost } from './dialog-host';
import type { WorkbenchDialog } from '../session/dialogs';
import { Notices } from './notices';
import { FindingsProvider } from '../session/findings';
import { TestRunContext, useRunTests, type TestRun } from '../session/test-run';
import { foldedPanes, sizeVariables } from './pane-sizes';
import { PaneTabs, type WorkbenchPane } from './pane-tabs';
import { SkipLinks } from './skip-links';
import { SessionProvider, useReplay, useSession, useWorkspace, type BeginSession } from '../session/session';
import { shownPolicy, ShownPolicyContext, useFollowing } from '../session/shown-policy';
import { TopBar } from './top-bar';
import { useDropAndPaste } from './use-drop-and-paste';
import { useEditCopy } from './use-edit-copy';
import { useFirstTrace } from './use-first-trace';
import { useLink, type BundlePreview } from '../session/use-link';
import { usePaneFocus } from './use-pane-focus';
import { usePaneSizes } from './use-pane-sizes';
import { usePrinting } from './use-printing';
import { useShortcuts } from './use-shortcuts';
import { useShowRule } from './use-show-rule';
import { useShowPolicy } from '../session/use-show-policy';
import { partOf } from '../ui/part';

const PreviewBanner = partOf(() => import('./preview-banner').then((module) => module.PreviewBanner));
// The panes have their sizes without it.
const PaneEdges = partOf(() => import('./pane-edges').then((module) => module.PaneEdges));
// Rendered only where something is compared.
const BaselineBar = partOf(() => import('../compare/baseline-bar').then((module) => module.BaselineBar));

// A key typed in the editor renders the screen's frame, and only those of its parts that it affects.
const [Bar, PolicyPart, TracePart, ExplanationPart] = [
  memo(TopBar),
  memo(PolicyPane),
  memo(TracePane),
  memo(Explanation),
] as const;

/** The one screen: the policy, the trace, and the explanation of the call in focus; everything else opens over it. */
export function Workbench({ begin }: { begin?: BeginSession }) {
  return (
    <>
      <FirstScreen />
      <SessionProvider loading={null} begin={begin}>
        <FirstCallEnd />
        <ErrorBoundary part="The workbench">
          <Screen />
        </ErrorBoundary>
      </SessionProvider>
    </>
  );
}

/** Outside what may crash: the drawn screen is not to cover that. */
function FirstCallEnd() {
  const { explained, results, problem } = useReplay('explained', 'results', 'problem');
  return <FirstScreenEnd there={(explained !== undefined && results !== undefined) || problem !== undefined} />;
}

interface PolicyAnswersProps {
  tests: TestRun;
  preview: BundlePreview | undefined;
  children: ReactNode;
}

/** What is worked out of the shown policy, whatever trace is open: the outcome of its tests, and its findings. */
const PolicyAnswers = ({ tests, preview, children }: PolicyAnswersProps) => (
  <TestRunContext value={tests}>
    <FindingsProvider preview={preview}>{children}</FindingsProvider>
  </TestRunContext>
);

interface PaneProps {
  name: WorkbenchPane;
  title: string;
  /** The one that a narrow screen shows, and those that are folded on a wide one. */
  chosen: WorkbenchPane;
  folded: readonly WorkbenchPane[];
  className: string;
  children: ReactNode;
}

const Pane = ({ name, title, chosen, folded, className, children }: PaneProps) => (
  <div
    data-pane={name}
    tabIndex={-1}
    className={clsx(
      'min-h-0 border-line',
      className,
      name === chosen ? 'block' : 'hidden',
      folded.includes(name) ? 'lg:hidden' : 'lg:block',
    )}
  >
    <ErrorBoundary part={title}>{children}</ErrorBoundary>
  </div>
);

/** The sizes of the panes, and which of them is chosen on a narrow screen. A folded pane that is gone to opens. */
function usePanes() {
  const { sizes, setSize } = usePaneSizes();
  const folded = useMemo(() => foldedPanes(sizes), [sizes]);
  const [chosen, setPane] = useState<WorkbenchPane>('policy');
  const showPane = useCallback(
    (pane: WorkbenchPane) => {
      setPane(pane);
      if (folded.includes(pane)) setSize(pane === 'explanation' ? 'explanation' : 'policy', undefined);
    },
    [folded, setSize],
  );
  return { sizes, setSize, panes: { chosen, folded }, setPane, showPane };
}

function Screen() {
  const { replay } = useSession();
  const { policy, draft, baseline } = useWorkspace('policy', 'draft', 'baseline');
  const link = useLink();
  const [dialog, setDialog] = useState<WorkbenchDialog>();
  const { sizes, setSize, panes, setPane, showPane } = usePanes();
  const explanation = useRef<HTMLElement>(null);
  const { shown, behind } = useFollowing(
    useMemo(() => shownPolicy({ policy, draft }, link.preview?.bundle), [policy, draft, link.preview]),
  );

  const tests = useRunTests(shown, link.preview);

  useShowPolicy(shown);
  useFirstTrace();
  useShortcuts(setDialog);
  useDropAndPaste(setDialog, dialog !== undefined);
  const goToPane = usePaneFocus(showPane);
  const editCopy = useEditCopy(link);
  const report = usePrinting();

  const select = useCallback((index: number) => replay.select(index), [replay]);
  const showRule = useShowRule(useCallback(() => showPane('policy'), [showPane]));
  const openCall = useCallback(() => {
    showPane('explanation');
    // Once it is drawn, where it was folded or on a narrow screen.
    setTimeout(() => explanation.current?.focus());
  }, [showPane]);

  return (
    <ShownPolicyContext value={shown}>
      <PolicyAnswers tests={tests} preview={link.preview}>
        {report}
        <div data-started className={clsx('flex h-dvh min-h-0 flex-col', report !== undefined && 'print:hidden')}>
          <SkipLinks onPane={goToPane} />
          <Bar openDialog={setDialog} readOnly={link.preview !== undefined} />
          <Notices link={link} />
          {link.preview === undefined ? null : (
            <PreviewBanner
              link={link}
              preview={link.preview}
              onCompare={() => setDialog({ kind: 'open', compare: true })}
            />
          )}
          {baseline === null || link.preview !== undefined ? null : <BaselineBar openDialog={setDialog} />}
          <main
            aria-busy={behind}
            style={sizeVariables(sizes)}
            className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] lg:grid-cols-[var(--policy-column,minmax(22rem,5fr))_minmax(0,7fr)] lg:grid-rows-[minmax(0,1fr)_var(--explanation-row,minmax(12rem,38%))]"
          >
            <h1 className="sr-only">Policy playground</h1>
            <Pane name="policy" title="The policy" {...panes} className="lg:col-start-1 lg:row-start-1 lg:border-r">
              <PolicyPart openDialog={setDialog} readOnly={link.preview !== undefined} onEditCopy={editCopy} />
            </Pane>
            {/* What is laid out and painted anew in one part stays there. Not in the policy's: its code editor shows lists beyond it. */}
            <Pane name="trace" title="The trace" {...panes} className="lg:col-start-2 lg:row-start-1 lg:contain-strict">
              <TracePart openDialog={setDialog} onSelect={select} onOpenCall={openCall} />
            </Pane>
            <Pane
              name="explanation"
              title="The explanation"
              {...panes}
              className="lg:col-span-2 lg:col-start-1 lg:row-start-2 lg:border-t lg:contain-strict"
            >
              <ExplanationPart ref={explanation} openDialog={setDialog} />
            </Pane>
            <PaneEdges sizes={sizes} onSize={setSize} />
          </main>
          <PaneTabs pane={panes.chosen} onPane={setPane} />
          <DialogHost dialog={dialog} setDialog={setDialog} link={link} showRule={showRule} />
        </div>
      </PolicyAnswers>
    </ShownPolicyContext>
  );
}
