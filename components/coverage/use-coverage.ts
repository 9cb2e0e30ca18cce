'use client';
import { useMemo } from 'react';
import { addCoverage, type PolicyCoverage } from '@/lib/analysis';
import type { TraceCoverage } from '@/lib/worker';
import { useTestRun } from '../session/test-run';
import { useReplay, useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { useAnswer } from '../session/use-answer';

export interface CoverageState {
  /** Coverage of the shown policy by the shown trace and tests; undefined while it is counted. */
  readonly covered: (TraceCoverage & { readonly both: PolicyCoverage }) | undefined;
  readonly failure: string | undefined;
}

/** What the open trace and the tests show of the policy. With `most`, only of traces of at most so many calls; less than none asks nothing where no trace is open. */
export function useCoverage(most = Infinity): CoverageState {
  const { replay } = useSession();
  const { open, results } = useReplay('open', 'results');
  const { rules, settings } = useShownPolicy();
  const { tests } = useTestRun();
  const stamp = results?.stamp;
  const wanted = open === undefined ? most >= 0 : stamp !== undefined && open.info.calls <= most;
  const question = useMemo(
    () => (wanted ? { stamp, policy: { rules, settings }, tests } : undefined),
    [wanted, stamp, rules, settings, tests],
  );
  const ask = useMemo(() => (params: NonNullable<typeof question>) => replay.ask('coverage', params), [replay]);
  const { answer, current, failure } = useAnswer(question, ask);
  return useMemo(() => {
    if (!current || failure !== undefined || answer === undefined) {
      return { covered: undefined, failure: current ? failure : undefined };
    }
    const both = answer.trace === undefined ? answer.tests : addCoverage(answer.trace, answer.tests);
    return { covered: { ...answer, both }, failure: undefined };
  }, [answer, current, failure]);
}
