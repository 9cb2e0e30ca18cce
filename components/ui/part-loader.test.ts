import { describe, expect, test } from 'vitest';
import { PartLoader, type PartState } from './part-loader';

/** Fails so many times, then gives the part. */
function failing(times: number) {
  const seen = { tries: 0 };
  const load = async () => {
    seen.tries += 1;
    if (seen.tries <= times) throw new Error(`Failed to load chunk ${seen.tries}`);
    return 'part';
  };
  return { seen, load };
}

function surroundings({ offline = false } = {}) {
  const online = new Set<() => void>();
  const pauses: number[] = [];
  return {
    pauses,
    comeBack: () => [...online].forEach((listener) => listener()),
    waiting: online,
    pause: async (milliseconds: number) => void pauses.push(milliseconds),
    isOffline: () => offline,
    onOnline: (listener: () => void) => {
      online.add(listener);
      return () => void online.delete(listener);
    },
  };
}

/** Resolves with the next state that is not `waiting`. */
function outcome<T>(loader: PartLoader<T>): Promise<PartState<T>> {
  return new Promise((resolve) => {
    const stop = loader.subscribe(() => {
      if (loader.getState().kind === 'waiting') return;
      stop();
      resolve(loader.getState());
    });
    loader.start();
  });
}

describe('a part of the page', () => {
  test.each([0, 1, 2, 3])('is fetched although %i tries fail, with longer and longer pauses', async (times) => {
    const { seen, load } = failing(times);
    const around = surroundings();
    expect(await outcome(new PartLoader(load, around))).toEqual({ kind: 'ready', part: 'part' });
    expect(seen.tries).toBe(times + 1);
    expect(around.pauses).toEqual(around.pauses.toSorted((a, b) => a - b));
    expect(around.pauses).toHaveLength(times);
  });

  test('that cannot be fetched says so, and is fetched on request', async () => {
    const { load } = failing(4);
    const loader = new PartLoader(load, surroundings());
    const failed = { kind: 'failed', offline: false, message: 'Failed to load chunk 4' };
    expect(await outcome(loader)).toEqual(failed);
    expect(await outcome(loader)).toEqual({ kind: 'ready', part: 'part' });
  });

  test('is fetched by itself once the network is back, and waits for that only once', async () => {
    const { load } = failing(8);
    const around = surroundings({ offline: true });
    const loader = new PartLoader(load, around);
    expect(await outcome(loader)).toMatchObject({ kind: 'failed', offline: true });
    expect(await outcome(loader)).toMatchObject({ kind: 'failed', offline: true });
    expect(around.waiting.size).toBe(1);
    around.comeBack();
    await expect.poll(() => loader.getState()).toEqual({ kind: 'ready', part: 'part' });
    expect(around.waiting.size).toBe(0);
  });

  test('is fetched once, however often it is drawn', async () => {
    const { seen, load } = failing(0);
    const loader = new PartLoader(load, surroundings());
    loader.start();
    expect(await outcome(loader)).toEqual({ kind: 'ready', part: 'part' });
    loader.start();
    expect(seen.tries).toBe(1);
  });
});
