import type { ReplayProblem, ReplayStore } from './replay-state';
import { WorkerCrash } from './rpc';
import { SupersededError } from './superseded';
import { UnloadedError } from './unloaded';

/**
 * The answer, as long as it is wanted; a failure becomes the state's `problem`. Undefined where there is none: it failed, was superseded,
 * or is no longer wanted.
 */
export async function attempted<T>(
  store: ReplayStore,
  action: () => Promise<T>,
  isWanted: () => boolean = () => true,
): Promise<T | undefined> {
  try {
    const answer = await action();
    return isWanted() ? answer : undefined;
  } catch (error) {
    // A crash is shown once, by the connection.
    if (error instanceof WorkerCrash || error instanceof SupersededError || !isWanted()) return undefined;
    store.set({ problem: problemOf(error) });
    return undefined;
  }
}

const problemOf = (error: unknown): ReplayProblem =>
  error instanceof UnloadedError
    ? { kind: 'unloaded' }
    : { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
