import { expect, test } from 'vitest';
import { isLoadFailure, loadWithRetries, RETRY_PAUSES } from '.';

/** Fails with these, one after the other, then gives `code`. */
function failing(...errors: readonly Error[]) {
  const left = [...errors];
  return async () => {
    const error = left.shift();
    if (error) throw error;
    return 'code';
  };
}

const notLoaded = (message: string) => Object.assign(new Error(message), { name: 'ChunkLoadError' });
const four = [1, 2, 3, 4].map((i) => notLoaded(`Failed to load chunk ${i}`));

test('what fails three times is there with the fourth try, after each of the pauses', async () => {
  const pauses: number[] = [];
  const load = loadWithRetries(failing(...four.slice(0, 3)), async (ms) => void pauses.push(ms));
  expect(await load).toBe('code');
  expect(pauses).toEqual(RETRY_PAUSES);
});

test('what keeps failing rejects with its last error', async () => {
  await expect(loadWithRetries(failing(...four), async () => undefined)).rejects.toThrow('Failed to load chunk 4');
});

test('what is not worth a retry rejects at once', async () => {
  const pauses: number[] = [];
  const load = failing(notLoaded('Failed to load chunk 1'), new Error('bad input'));
  const loaded = loadWithRetries(load, async (ms) => void pauses.push(ms), isLoadFailure);
  await expect(loaded).rejects.toThrow('bad input');
  expect(pauses).toEqual([300]);
});
