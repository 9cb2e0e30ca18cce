'use client';
import { useEffect, useState } from 'react';
import { reasonsOf, runTests, type Reasons, type TestOutcome } from '@/lib/analysis';
import type { Bundle, BundleTest } from '@/lib/bundle';
import { compilePolicy, decideRow, type Call, type DecisionRow, type Policy } from '@/lib/engine';
import { callsOf } from './sample-calls';

/** Everything that the engine says of a bundle. */
export interface DecidedBundle {
  /** The very bundle and call that this is about. */
  readonly bundle: Bundle;
  readonly call: Call | undefined;
  readonly reasons: Reasons | undefined;
  /** By the ids of the calls. */
  readonly rows: ReadonlyMap<string, DecisionRow>;
  readonly tests: readonly { readonly test: BundleTest; readonly outcome: TestOutcome }[];
}

const NO_TESTS: readonly BundleTest[] = [];

/** Decides a bundle's calls, runs its tests, and explains the decision on one call. */
export async function decideBundle(bundle: Bundle, call: Call | undefined): Promise<DecidedBundle> {
  const { rules, settings, tests = NO_TESTS }: Policy & Pick<Bundle, 'tests'> = bundle;
  const compiled = await compilePolicy({ rules, settings });
  const outcomes = runTests(compiled, tests);
  return {
    bundle,
    call,
    reasons: call === undefined ? undefined : await reasonsOf(compiled, call),
    rows: new Map(callsOf(bundle).map((one) => [one.id, decideRow(compiled, one)])),
    tests: tests.flatMap((test, i) => {
      const outcome = outcomes[i];
      return outcome === undefined ? [] : [{ test, outcome }];
    }),
  };
}

/** The engine's answers; those for an earlier state until it has them for the present one. `first`: those that are there already. */
export function useDecided(
  bundle: Bundle,
  call: Call | undefined,
  first: DecidedBundle | undefined,
): DecidedBundle | undefined {
  const [answer, setAnswer] = useState(first?.bundle === bundle ? first : undefined);
  const isAnswered = answer?.bundle === bundle && answer.call === call;
  useEffect(() => {
    if (isAnswered) return undefined;
    let gone = false;
    void decideBundle(bundle, call).then((found) => {
      if (!gone) setAnswer(found);
    });
    return () => {
      gone = true;
    };
  }, [bundle, call, isAnswered]);
  return answer;
}
