import { configDefaults, defineConfig } from 'vitest/config';

/** What needs more than a moment: many drawn cases, whole suites. `npm run check` leaves them to `npm test`. */
const THOROUGH = ['**/*.property.test.ts', '**/*conformance.test.ts', '**/*fuzz.test.ts'];
const quick = process.env['CHECK'] === 'quick';

/** What counts the work of code, which the engine must not have optimized for another test before. */
const COUNTED = [
  'lib/bundle/hostile.conformance.test.ts',
  'lib/bundle/json.property.test.ts',
  'lib/bundle/link.property.test.ts',
  'lib/cel/format.property.test.ts',
  'lib/cel/limits.property.test.ts',
  'lib/cel/regex.conformance.test.ts',
  'lib/editor/schema.property.test.ts',
  'lib/engine/globs.property.test.ts',
  'lib/suggest/paced-work.property.test.ts',
  'lib/testdata/counted-work.conformance.test.ts',
];

export default defineConfig({
  resolve: { alias: { '@': new URL('.', import.meta.url).pathname.replace(/\/$/, '') } },
  test: {
    environment: 'node',
    setupFiles: ['scripts/lib/repeatable.ts'],
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'counted', include: COUNTED, exclude: quick ? THOROUGH : [], isolate: true },
      },
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['{app,components,lib,scripts,e2e}/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, ...COUNTED, ...(quick ? THOROUGH : [])],
          // A process for each file would load what they share 250 times, which takes a third of the whole run.
          isolate: false,
        },
      },
    ],
    // Ends what hangs, and nothing else: properties draw many cases, and a busy machine takes its time.
    testTimeout: 600_000,
  },
});
