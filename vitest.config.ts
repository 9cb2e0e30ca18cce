import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': new URL('.', import.meta.url).pathname.replace(/\/$/, '') } },
  test: {
    include: ['{app,components,lib,scripts,e2e}/**/*.test.{ts,tsx}'],
    environment: 'node',
    maxWorkers: 2,
  },
});
