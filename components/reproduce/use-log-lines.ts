'use client';
import { useMemo, useState } from 'react';
import { LineCache, type CallLine, type ReplayClient } from '@/lib/worker';

/** Reads the rows of a log as they come into sight; undefined for one that has not arrived. */
export function useLogLines(client: ReplayClient, log: number): (index: number) => CallLine | undefined {
  const [, setArrivals] = useState(0);
  const cache = useMemo(
    () =>
      new LineCache(
        // Where the log is no longer open, another one is about to be drawn.
        (indices) => client.ask('logLines', { log, indices }).catch(() => undefined),
        () => setArrivals((arrivals) => arrivals + 1),
      ),
    [client, log],
  );
  return (index) => cache.lineAt(index);
}
