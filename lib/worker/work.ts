import type { TraceWork } from '../trace';

/** Milliseconds of work before the worker looks whether something else is asked of it. */
const SLICE = 30;

export interface SliceScheduler {
  readonly now: () => number;
  /** Resolves after all that waits for an answer had its turn. */
  readonly breathe: () => Promise<void>;
}

/** What the worker takes from outside, so that tests decide the time and the ids. */
export interface WorkerPorts extends SliceScheduler {
  readonly newId: () => string;
}

/** How far long work is, in calls. */
export interface WorkProgress {
  readonly done: number;
  readonly total: number;
}

/** Long work in slices: it reports its progress, lets other questions run in between, and ends once its answer is no longer wanted. */
export function slicedWork(
  { now, breathe }: SliceScheduler,
  stopped: () => boolean,
  onProgress: (steps: WorkProgress) => void = () => undefined,
): TraceWork {
  let begun = now();
  return {
    async pause(done, total) {
      if (now() - begun < SLICE) return;
      onProgress({ done, total });
      await breathe();
      begun = now();
    },
    stopped,
  };
}
