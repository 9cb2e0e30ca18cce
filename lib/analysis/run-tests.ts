import type { BundleTest, TestExpectation } from '../bundle';
import { decideRow, type CompiledPolicy, type DecidedBy, type DecisionRow } from '../engine';

/** What became of a test's call. `wrong` says in what it differs from the expectation. */
export interface TestOutcome {
  readonly wrong: 'effect' | 'decider' | undefined;
  readonly got: Pick<DecisionRow, 'effect' | 'decidedBy'>;
}

export const runTests = (compiled: CompiledPolicy, tests: readonly BundleTest[]): readonly TestOutcome[] =>
  tests.map((test) => runTest(compiled, test));

export function runTest(compiled: CompiledPolicy, { call, expect }: BundleTest): TestOutcome {
  const { effect, decidedBy } = decideRow(compiled, call);
  const got = { effect, decidedBy };
  if (effect !== expect.effect) return { wrong: 'effect', got };
  return { wrong: isExpectedDecider(expect.decidedBy, decidedBy) ? undefined : 'decider', got };
}

/** A member that the expectation does not have may be anything: it may have come from a file that says less. */
function isExpectedDecider(expected: DecidedBy | undefined, got: DecidedBy): boolean {
  if (expected === undefined) return true;
  const actual = new Map<string, unknown>(Object.entries(got));
  return Object.entries(expected).every(([key, value]) => JSON.stringify(actual.get(key)) === JSON.stringify(value));
}

/** What was got, as an expectation: with what decided, where that is to be held too. */
export function expectationOf({ effect, decidedBy }: TestOutcome['got'], withDecider: boolean): TestExpectation {
  return withDecider ? { effect, decidedBy } : { effect };
}
