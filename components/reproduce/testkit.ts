import { Blob as NodeBlob } from 'node:buffer';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { ReplayClient } from '@/lib/worker';
import { LocalWorker } from '@/lib/worker/testkit';

/** Decides in the test's own thread, in the place of `startReplay`. */
export const startLocalReplay = (): ReplayClient =>
  new ReplayClient(
    () => new LocalWorker() as unknown as Worker,
    (run) => void setTimeout(run),
    { now: () => 0, every: () => () => undefined },
  );

/** Gives each test of a file the address of the page, and what of a browser jsdom lacks. */
export function preparePage(): void {
  beforeEach(() => {
    vi.stubGlobal('Blob', NodeBlob);
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }));
    history.replaceState(null, '', '/reproduce/?fresh');
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });
}
