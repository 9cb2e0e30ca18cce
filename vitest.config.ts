import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': new URL('.', import.meta.url).pathname.replace(/\/$/, '') } },
  test: {
    include: ['{app,components,lib,scripts,e2e}/**/*.test.{ts,tsx}'],
    environment: 'node',
    setupFiles: ['scripts/lib/repeatable.ts'],
    maxWorkers: 2,
    // Properties draw many cases: on a busy machine that takes a while, and says nothing about the code.
    testTimeout: 60_000,
  },
});
