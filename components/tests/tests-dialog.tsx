'use client';
import { useCallback, useMemo, useState } from 'react';
import { expectationOf, testName, type TestOutcome } from '@/lib/analysis';
import type { Bundle, BundleTest } from '@/lib/bundle';
import type { TestChange } from '@/lib/workspace';
import { BundleField } from '../session/bundle-field';
import { Button } from '../ui/button';
import { CloseButton } from '../ui/close-button';
import { Dialog } from '../ui/dialog';
import { notify } from '../ui/notify';
import { VirtualRows } from '../ui/virtual-rows';
import { useSession, useWorkspace } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { TestForm, type CallChoicePart, type CallFormPart } from './test-form';
import { TestItem, type TestActions } from './test-item';
import { useTestRun } from '../session/test-run';
import { HelpLink } from '../site/help-link';

type TestsView =
  | { readonly kind: 'list' }
  | { readonly kind: 'import' }
  | { readonly kind: 'form'; readonly test: BundleTest | undefined };

const DESCRIPTIONS = {
  list: 'Each is a call and its expected decision. They run at every edit, and are part of the policy’s bundle.',
  import: 'Adds the tests of a bundle to those of this policy.',
  form: 'A call and its expected decision.',
} satisfies Record<TestsView['kind'], string>;

interface TestsDialogProps {
  /** Parts of a folder above this one, which the host of dialogs hands in. */
  CallForm: CallFormPart;
  CallChoice: CallChoicePart;
  readOnly: boolean;
  onClose(): void;
}

/** The policy's tests: their outcomes, and the actions on them. */
export function TestsDialog({ CallForm, CallChoice, onClose, readOnly }: TestsDialogProps) {
  const { workspace } = useSession();
  const [part, setPart] = useState<TestsView>({ kind: 'list' });
  const toList = () => setPart({ kind: 'list' });

  const change = useCallback(
    (changes: readonly TestChange[], said?: string) => {
      const applied = workspace.dispatch({ kind: 'change-tests', changes });
      if (applied.kind === 'refused') notify(`Not done: ${applied.problems[0]?.message ?? ''}`);
      else if (said !== undefined && applied.kind === 'applied')
        notify(said, { action: { label: 'Undo', onClick: () => void workspace.undo() } });
    },
    [workspace],
  );
  const edit = useCallback((test: BundleTest) => setPart({ kind: 'form', test }), []);

  function take({ tests = [] }: Bundle) {
    change(
      tests.map((now) => ({ was: null, now })),
      tests.length === 1 ? 'One test added' : `${tests.length} tests added`,
    );
    if (tests.length === 0) notify('This bundle has no tests');
    toList();
  }

  return (
    <Dialog
      title={part.kind === 'form' ? (part.test === undefined ? 'New test' : 'Edit the test') : 'Tests'}
      help={<HelpLink to="replay/#tests" about="tests" />}
      description={DESCRIPTIONS[part.kind]}
      onClose={onClose}
      footer={
        part.kind === 'form' ? undefined : (
          <TestsButtons view={part.kind} readOnly={readOnly} onView={setPart} onClose={onClose} />
        )
      }
    >
      {part.kind === 'list' ? (
        <TestList readOnly={readOnly} change={change} edit={edit} />
      ) : part.kind === 'import' ? (
        <BundleField action="Add its tests" onBundle={take} />
      ) : (
        <TestForm
          CallForm={CallForm}
          CallChoice={CallChoice}
          test={part.test}
          onCancel={toList}
          onTest={(test) => {
            change([{ was: part.test ?? null, now: test }]);
            toList();
          }}
        />
      )}
    </Dialog>
  );
}

interface TestsButtonsProps {
  view: 'list' | 'import';
  readOnly: boolean;
  onView(view: TestsView): void;
  onClose(): void;
}

const TestsButtons = ({ view, readOnly, onView, onClose }: TestsButtonsProps) => (
  <>
    {readOnly || view !== 'list' ? null : (
      <>
        <Button onClick={() => onView({ kind: 'import' })}>Import from a bundle</Button>
        <Button onClick={() => onView({ kind: 'form', test: undefined })}>New test</Button>
      </>
    )}
    {view === 'import' ? <Button onClick={() => onView({ kind: 'list' })}>Back</Button> : null}
    <CloseButton onClose={onClose} />
  </>
);

/** Pixels that a test takes before it is drawn. */
const TEST_HEIGHT = 84;

interface TestListProps {
  readOnly: boolean;
  change(changes: readonly TestChange[], said?: string): void;
  edit(test: BundleTest): void;
}

function TestList({ readOnly, change, edit }: TestListProps) {
  const { rules, from } = useShownPolicy();
  const { tests, outcomes, failing, failure } = useTestRun();
  const revert = useRevert();
  const actions = useMemo(
    (): TestActions => ({
      accept: (test, outcome) => change([accepted(test, outcome)], `Accepted: ${testName(test)}`),
      revert,
      edit,
      remove: (test) => change([{ was: test, now: null }], `Deleted: ${testName(test)}`),
    }),
    [revert, edit, change],
  );
  if (tests.length === 0) return <NoTests readOnly={readOnly} />;
  const acceptAll = () =>
    change(
      tests.flatMap((test, i) => {
        const outcome = outcomes?.[i];
        return outcome?.wrong === undefined ? [] : [accepted(test, outcome)];
      }),
      'Accepted what all failing tests got',
    );
  const failingFirst = tests
    .map((test, i) => ({ test, i, fails: outcomes?.[i]?.wrong !== undefined }))
    .sort((a, b) => Number(b.fails) - Number(a.fails) || a.i - b.i);

  return (
    <div className="space-y-2">
      <p role="status" className="flex flex-wrap items-center gap-2 text-sm" data-testid="tests-summary">
        {failure === undefined ? (
          countWords(tests.length, failing)
        ) : (
          <span className="text-deny">The tests could not be run: {failure}</span>
        )}
        {from === 'draft' ? (
          <span className="text-ink-2">The rule under edit is tested with its unsaved changes.</span>
        ) : null}
        {!readOnly && failing !== undefined && failing > 1 ? (
          <Button className="h-7 px-2 text-xs" onClick={acceptAll}>
            Accept all
          </Button>
        ) : null}
      </p>
      <ul aria-label="Tests">
        <VirtualRows keys={failingFirst.map(({ i }) => String(i))} rowHeight={() => TEST_HEIGHT}>
          {(index, place) => {
            const row = failingFirst[index];
            return row === undefined ? null : (
              <TestItem
                key={row.i}
                test={row.test}
                outcome={outcomes?.[row.i]}
                rules={rules}
                actions={readOnly ? undefined : actions}
                place={place}
              />
            );
          }}
        </VirtualRows>
      </ul>
    </div>
  );
}

/** @param failing undefined while they run */
function countWords(tests: number, failing: number | undefined): string {
  if (failing === undefined) return 'Running the tests…';
  if (failing === 0) return tests === 1 ? 'The one test passes.' : `All ${tests} tests pass.`;
  if (tests === 1) return 'The one test fails.';
  return `${failing} of ${tests} tests ${failing === 1 ? 'fails' : 'fail'}.`;
}

/** The test with the actual decision as its expectation. */
const accepted = (test: BundleTest, { got }: TestOutcome): TestChange => ({
  was: test,
  now: { ...test, expect: expectationOf(got, test.expect.decidedBy !== undefined) },
});

/** Undoes the edit that may have broken a test: the unsaved one, else the last step. */
function useRevert(): TestActions['revert'] {
  const { workspace } = useSession();
  const { history } = useWorkspace('history');
  const { from } = useShownPolicy();
  const { undo } = history;
  return useMemo(() => {
    if (from === 'draft') return { label: 'discard the unsaved edit', run: () => workspace.closeDraft('discard') };
    if (undo === null) return undefined;
    return { label: `undo “${undo.replaceAll('`', '')}”`, run: () => void workspace.undo() };
  }, [workspace, from, undo]);
}

function NoTests({ readOnly }: { readOnly: boolean }) {
  return (
    <p className="py-8 text-center text-sm text-ink-2">
      {readOnly
        ? 'This policy has no tests.'
        : 'No tests yet. Choose a call of the trace and “Make a test” of it, or write one by hand. Tests run at every edit.'}
    </p>
  );
}
