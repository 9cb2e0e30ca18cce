import { expect, test } from 'vitest';
import { fuzzGrown, grownCondition } from './fuzz-grown';
import { randomFrom } from '../testdata/random';

/** A million of them is `npm run fuzz -- --grown --runs 1000000`; here a fixed part. */
test('conditions over grown values never throw, and keep within their steps and bytes', async () => {
  const report = await fuzzGrown({ seed: 20_261_129, runs: 600, now: () => 0 });
  expect(report.failure).toBeUndefined();
  expect(report.runs).toBe(600);
  expect(report.valid).toBeGreaterThan(500);
  expect(report.costly).toBeGreaterThan(5);
});

test('the same seed makes the same conditions', () => {
  const some = (seed: number): string[] => {
    const next = randomFrom(seed);
    return Array.from({ length: 50 }, () => grownCondition(next));
  };
  expect(some(1)).toEqual(some(1));
  expect(some(1)).not.toEqual(some(2));
});

test('a condition that takes too long is a failure', async () => {
  let clock = 0;
  const report = await fuzzGrown({ seed: 1, runs: 10, now: () => (clock += 10), slow: 5 });
  expect(report).toMatchObject({ runs: 1, failure: { problem: 'took 10 ms' } });
});
