'use client';
import { createContext, useContext, useMemo } from 'react';
import type { TestOutcome } from '@/lib/analysis';
import type { BundleTest } from '@/lib/bundle';
import { useSession, useWorkspace } from './session';
import { useAnswer } from './use-answer';
import type { ShownPolicy } from './shown-policy';
import type { BundlePreview } from './use-link';

/** The tests of the shown policy, and their latest outcomes. */
export interface TestRun {
  readonly tests: readonly BundleTest[];
  /** One outcome for each test, under exactly this policy; undefined while the tests run. */
  readonly outcomes: readonly TestOutcome[] | undefined;
  readonly failing: number | undefined;
  readonly failure: string | undefined;
}

const NONE: readonly BundleTest[] = [];
const NOTHING: TestRun = { tests: NONE, outcomes: NONE as readonly never[], failing: 0, failure: undefined };

export const TestRunContext = createContext<TestRun>(NOTHING);
export const useTestRun = (): TestRun => useContext(TestRunContext);

/** Runs the tests at each edit, in the worker. INVARIANT: outcomes are never those of another policy or of other tests. */
export function useRunTests({ rules, settings }: ShownPolicy, preview: BundlePreview | undefined): TestRun {
  const { replay } = useSession();
  const { policy } = useWorkspace('policy');
  const tests = (preview === undefined ? policy.tests : preview.bundle.tests) ?? NONE;
  const question = useMemo(
    () => (tests.length === 0 ? undefined : { policy: { rules, settings }, tests }),
    [rules, settings, tests],
  );
  const ask = useMemo(() => (params: NonNullable<typeof question>) => replay.ask('runTests', params), [replay]);
  const { answer, current, failure } = useAnswer(question, ask);
  return useMemo(() => {
    if (tests.length === 0) return NOTHING;
    const outcomes = current && failure === undefined ? answer : undefined;
    return {
      tests,
      outcomes,
      failing: outcomes?.filter(({ wrong }) => wrong !== undefined).length,
      failure: current ? failure : undefined,
    };
  }, [tests, answer, current, failure]);
}
