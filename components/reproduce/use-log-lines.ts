'use client';
import { useMemo, useSyncExternalStore } from 'react';
import { LineCache, type CallLine, type ReplayClient } from '@/lib/worker';

/** Reads the rows of a log as they come into sight; undefined for one that has not arrived. */
export function useLogLines(client: ReplayClient, log: number): (index: number) => CallLine | undefined {
  const lines = useMemo(() => new LogLines(client, log), [client, log]);
  useSyncExternalStore(lines.subscribe, lines.countArrivals, lines.countArrivals);
  return (index) => lines.lineAt(index);
}

class LogLines {
  readonly #listeners = new Set<() => void>();
  readonly #cache: LineCache;
  #arrivals = 0;

  constructor(client: ReplayClient, log: number) {
    this.#cache = new LineCache(
      // Where the log is no longer open, another one is about to be drawn.
      (indices) => client.ask('logLines', { log, indices }).catch(() => undefined),
      () => {
        this.#arrivals += 1;
        for (const listener of this.#listeners) listener();
      },
    );
  }

  lineAt(index: number): CallLine | undefined {
    return this.#cache.lineAt(index);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  countArrivals = (): number => this.#arrivals;
}
