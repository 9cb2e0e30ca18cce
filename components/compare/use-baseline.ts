'use client';
import { useMemo } from 'react';
import type { Policy } from '@/lib/engine';
import type { ComparedTrace } from '@/lib/worker';
import { useReplay, useSession, useWorkspace } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { useAnswer } from '../session/use-answer';

/** The baseline of the shown policy. */
export interface ShownBaseline {
  readonly name: string;
  readonly policy: Policy;
}

/** The pinned baseline; for a previewed policy, the user's open policy. */
export function useAgainst(): ShownBaseline | undefined {
  const { baseline, policy } = useWorkspace('baseline', 'policy');
  const { from } = useShownPolicy();
  return useMemo(() => {
    if (from === 'preview') return { name: policy.name, policy: { rules: policy.rules, settings: policy.settings } };
    return baseline ?? undefined;
  }, [from, baseline, policy.name, policy.rules, policy.settings]);
}

export interface ComparisonState {
  /** The comparison of the shown policy and trace, or undefined; never an earlier one. */
  readonly compared: ComparedTrace | undefined;
  /** The previous comparison, to be shown as outdated while a new one is calculated. */
  readonly stale: ComparedTrace | undefined;
  readonly failure: string | undefined;
  /** Queries details of the comparison; undefined while the trace is being decided. */
  readonly pair: { readonly stamp: number; readonly baseline: Policy } | undefined;
}

/** The comparison over the open trace, recalculated whenever its decisions or the baseline change. */
export function useComparison(against: ShownBaseline | undefined): ComparisonState {
  const { replay } = useSession();
  const { results } = useReplay('results');
  const stamp = results?.stamp;
  const baseline = against?.policy;
  const pair = useMemo(
    () => (stamp === undefined || baseline === undefined ? undefined : { stamp, baseline }),
    [stamp, baseline],
  );
  const ask = useMemo(() => (params: NonNullable<typeof pair>) => replay.ask('compare', params), [replay]);
  const { answer, current, failure } = useAnswer(pair, ask);
  const compared = current && failure === undefined && answer?.stamp === stamp ? answer : undefined;
  return { compared, stale: answer, failure: current ? failure : undefined, pair };
}
