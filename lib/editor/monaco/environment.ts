/** Where Monaco finds its worker: a file of ours, started as the bundler asks. */
export function setEnvironment(): void {
  globalThis.MonacoEnvironment = {
    getWorker: () => {
      // A sandboxed frame has no origin of its own and may start no worker; Monaco then works in the page.
      if (globalThis.origin === 'null') throw new Error('workers cannot be started here');
      return new Worker(new URL('monaco-editor/editor/editor.worker.js', import.meta.url), { type: 'module' });
    },
  };
}
