import { openMemoryStore, type Store } from '../store';
import { Answerer, type WorkerPorts } from './answerer';
import type { WorkerQuestion, WorkerQuestions } from './protocol';

/** For tests: asks a new answerer at a standstill of the clock; what it stores is kept in memory unless a store is given. */
export function answering(store: Store = openMemoryStore(() => 1_000), around: Partial<WorkerPorts> = {}) {
  let ids = 0;
  const answerer = new Answerer(store, {
    now: () => 1_000,
    newId: () => `id-${++ids}`,
    breathe: () => Promise.resolve(),
    ...around,
  });
  return <Q extends WorkerQuestion>(
    question: Q,
    params: WorkerQuestions[Q]['params'],
    signal: AbortSignal = new AbortController().signal,
  ): Promise<WorkerQuestions[Q]['result']> =>
    answerer.answer(question, params, { signal, onProgress: () => undefined });
}

/** For tests: a file of these lines; what is no text is written as JSON. */
export const fileOf = (...lines: unknown[]): Blob =>
  new Blob(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`));
