import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fuzz, sourceOf } from './fuzz';
import { randomFrom } from '../testdata/random';
import { parse } from './syntax/parser';

const corpus = readFileSync(new URL('./testdata/fuzz-corpus.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

/** The minute of it is `npm run fuzz`; here a fixed part. */
test('random and mutated sources pass through all of it', async () => {
  const report = await fuzz({ seed: 20_261_122, runs: 4_000, corpus, now: () => 0 });
  expect(report.failure).toBeUndefined();
  expect(report.runs).toBe(4_000);
  expect(report.parsed).toBeGreaterThan(1_500);
});

test('the same seed makes the same sources', () => {
  const some = (seed: number) => {
    const next = randomFrom(seed);
    return Array.from({ length: 50 }, () => sourceOf(next, corpus));
  };
  expect(some(1)).toEqual(some(1));
  expect(some(1)).not.toEqual(some(2));
});

test('every line of the corpus is a valid expression', () => {
  expect(corpus.filter((source) => source.startsWith('//') === false && parse(source).diagnostics.length > 0)).toEqual(
    [],
  );
});

test('a source that takes too long is a failure', async () => {
  let clock = 0;
  const report = await fuzz({ seed: 1, runs: 10, corpus, now: () => (clock += 10), slow: 5 });
  expect(report).toMatchObject({ runs: 1, failure: { problem: 'took 10 ms' } });
});
