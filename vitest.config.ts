import { configDefaults, defineConfig } from 'vitest/config';

/** What needs more than a moment: many drawn cases, whole suites. `npm run check` leaves them to `npm test`. */
const THOROUGH = ['**/*.property.test.ts', '**/*conformance.test.ts', '**/*fuzz.test.ts'];
const quick = process.env['CHECK'] === 'quick';

export default defineConfig({
  resolve: { alias: { '@': new URL('.', import.meta.url).pathname.replace(/\/$/, '') } },
  test: {
    include: ['{app,components,lib,scripts,e2e}/**/*.test.{ts,tsx}'],
    exclude: [...configDefaults.exclude, ...(quick ? THOROUGH : [])],
    environment: 'node',
    setupFiles: ['scripts/lib/repeatable.ts'],
    maxWorkers: 2,
    // A process for each file would load what they share 250 times, which takes a third of the whole run.
    isolate: false,
    // Ends what hangs, and nothing else: properties draw many cases, and a busy machine takes its time.
    testTimeout: 600_000,
  },
});
