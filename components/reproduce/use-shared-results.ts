'use client';
import { useCallback, useMemo } from 'react';
import { bundleOf, type Bundle } from '@/lib/bundle';
import type { Policy } from '@/lib/engine';
import { redactEvidence, type LogEvidence, type ReproducedCall } from '@/lib/reproduce';
import type { ReplayClient, ReproducedEntries } from '@/lib/worker';
import { useAnswer } from '../session/use-answer';
import { useRedactedBundle, type RedactionState, type ValueChoice } from '../share/use-shared-bundle';

/** What is shared of a reproduced log, and how. */
export interface ResultsChoice extends ValueChoice {
  /** Places of the entries in the log. */
  readonly indices: readonly number[];
  readonly notes: string;
}

export interface SharedResults {
  /** The policy with the entries, as they are. */
  readonly bundle: Bundle;
  readonly redaction: RedactionState | undefined;
  /** What may be shared; undefined while it is worked out, or where values that conditions need are replaced. */
  readonly ready: ReadyResults | undefined;
  readonly failure: string | undefined;
}

export interface ReadyResults {
  readonly bundle: Bundle;
  readonly evidence: LogEvidence;
  /** Found anew, of exactly what is shared. */
  readonly findings: readonly ReproducedCall[];
  /** Entries of which, with their values replaced, another verdict or other causes are found. */
  readonly differing: number;
}

/** The entries that are chosen, with values replaced if that is wanted; what was found of them is found again of what is shared. */
export function useSharedResults(
  client: ReplayClient,
  policy: Bundle,
  entries: ReproducedEntries,
  { indices, notes, values, keep }: ResultsChoice,
): SharedResults {
  const chosen = useMemo(() => entries.notable.filter(({ index }) => indices.includes(index)), [entries, indices]);
  const bundle = useMemo(
    () =>
      bundleOf(policy.name, policy, {
        trace: chosen.map(({ call }) => call),
        ...(notes.trim() === '' ? {} : { notes }),
      }),
    [policy, chosen, notes],
  );
  const { redaction, ready } = useRedactedBundle(client, bundle, { values, keep });
  const plan = redaction?.plan;
  const evidence = useMemo(
    () => (values === 'as-they-are' ? entries.evidence : redactEvidence(entries.evidence, standIns(plan))),
    [entries, values, plan],
  );
  const question = useMemo(() => {
    if (ready === undefined) return undefined;
    const { rules, settings, trace = [] } = ready;
    return { policy: { rules, settings } satisfies Policy, calls: trace, evidence, bundle: ready };
  }, [ready, evidence]);
  const ask = useCallback(
    async ({ bundle: shared, ...params }: NonNullable<typeof question>): Promise<ReadyResults> => {
      const findings = await client.ask('reproduceCalls', params);
      const differing = findings.filter((one, i) => outcomeOf(one) !== outcomeOf(chosen[i])).length;
      return { bundle: shared, evidence: params.evidence, findings, differing };
    },
    [client, chosen],
  );
  const { answer, current, failure } = useAnswer(question, ask);
  return { bundle, redaction, ready: current ? answer : undefined, failure: current ? failure : undefined };
}

const standIns = (plan: RedactionState['plan']): ReadonlyMap<string, string> =>
  new Map(plan?.values.map(({ value, standIn }) => [String(value), String(standIn)]));

/** A finding without the values that are in it. */
const outcomeOf = (found: ReproducedCall | undefined): string =>
  JSON.stringify([found?.verdict, found?.causes.map(({ kind }) => kind), found?.missing.map(({ name }) => name)]);
