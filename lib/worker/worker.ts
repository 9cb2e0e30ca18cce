import { openStore } from '../store';
import { Answerer } from './answerer';
import { serve } from './serve';

/** What runs in the worker: it opens storage and serves the questions of the page. */
serve(
  self as unknown as DedicatedWorkerGlobalScope,
  openStore({ now: Date.now }).then(({ store }) => {
    const answerer = new Answerer(store, { now: Date.now, newId: () => crypto.randomUUID(), breathe });
    return {
      // Where the database was closed under us: if it does not open again, the answer says so.
      answer: async (...asked) => {
        await store.reopen();
        return answerer.answer(...asked);
      },
    };
  }),
);

/** A message to ourselves waits behind those of the page; a timer would be slowed down. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
