import { ReplayClient, spawnWorker, type WatchdogClock } from '@/lib/worker';
import { nextFrame } from '../ui/frames';

const pageClock: WatchdogClock = {
  now: () => performance.now(),
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
};

/** The page's side of a worker of its own. The worker itself is started with the first question. */
export const startReplay = (): ReplayClient => new ReplayClient(spawnWorker, nextFrame, pageClock);
