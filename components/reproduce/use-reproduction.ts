'use client';
import { useCallback, useMemo, useState } from 'react';
import type { Policy } from '@/lib/engine';
import type { LogEvidence } from '@/lib/reproduce';
import type { LogPreview, ReplayClient, ReproducedEntries } from '@/lib/worker';
import { useAnswer } from '../session/use-answer';
import { useImportReading, type ImportSource, type ReadSource } from '../replay/use-import-reading';

/** A log; of a case, its entries with what the rest of their log says. */
interface LogSource extends ImportSource {
  readonly evidence?: LogEvidence;
}

/** A log that is read in the worker, and how it is read. */
export function useLogReading(client: ReplayClient) {
  const readSource = useCallback<ReadSource<LogPreview, LogSource>>(
    ({ blob: source, name, evidence }, options, onProgress, signal) =>
      client.ask('readLog', { source, name, options, evidence }, { onProgress, signal }),
    [client],
  );
  return useImportReading(readSource);
}

export type LogReading = ReturnType<typeof useLogReading>;

export interface ReproductionState {
  /** What was found, by this policy over this log; undefined while that is worked out. */
  readonly entries: ReproducedEntries | undefined;
  readonly failure: string | undefined;
  /** Entries that are decided, while that goes on. */
  readonly done: number;
}

/** Every entry of a log decided by a policy, again whenever either changes. */
export function useReproduction(
  client: ReplayClient,
  policy: Policy | undefined,
  log: number | undefined,
): ReproductionState {
  const [done, setDone] = useState(0);
  const question = useMemo(
    () => (policy === undefined || log === undefined ? undefined : { log, policy }),
    [policy, log],
  );
  const ask = useCallback(
    (params: NonNullable<typeof question>) => {
      setDone(0);
      return client.ask('reproduceLog', params, { onProgress: (progress) => setDone(progress.done) });
    },
    [client],
  );
  const { answer, current, failure } = useAnswer(question, ask);
  return { entries: current ? answer : undefined, failure: current ? failure : undefined, done };
}
