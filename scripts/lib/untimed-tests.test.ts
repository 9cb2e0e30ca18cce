import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { root } from './run.mjs';

/** Reads of a clock or of the processor's time. */
const CLOCK =
  /\bperformance\s*\.\s*(?:now|measure|mark|timeOrigin)\b|\bDate\s*\.\s*now\b|\bnew Date\(\)|\bhrtime\b|\bcpuUsage\b|\btimeOrigin\b/;

/** Tests and their test data that may read one, each with the reason. */
const ALLOWED: Readonly<Record<string, string>> = {
  'e2e/torture/torture.spec.ts':
    'ends a run of random steps after a given time, and expects nothing of how many there were',
  'lib/boundaries.test.ts': 'names the calls that it looks for in the pure folders',
  'scripts/lib/untimed-tests.test.ts': 'names the calls that it looks for here',
};

const TEST = /\.test\.tsx?$|\.spec\.ts$|\/testdata\/.*\.ts$/;
const tests = ['app', 'components', 'lib', 'scripts', 'e2e'].flatMap((place) =>
  readdirSync(`${root}/${place}`, { recursive: true, encoding: 'utf8' })
    .map((path) => `${place}/${path.replaceAll('\\', '/')}`)
    .filter((path) => TEST.test(path)),
);

it('no test reads a clock: how long something takes says more of the machine than of the code', () => {
  expect(tests.length).toBeGreaterThan(200);
  const timed = tests.filter((path) => CLOCK.test(readFileSync(`${root}/${path}`, 'utf8')));
  // Count the work instead: `lib/testdata/counted-work.ts`.
  expect(timed.sort()).toEqual(Object.keys(ALLOWED).sort());
});
