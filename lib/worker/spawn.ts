/** Starts the worker. Apart, because only a bundler understands it: the rest of the folder runs anywhere. */
export const spawnWorker = (): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'replay' });
