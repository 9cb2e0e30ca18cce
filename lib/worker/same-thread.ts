import type { Store } from '../store';
import { Answerer } from './answerer';
import type { FromWorker, ToWorker } from './protocol';
import { serve } from './serve';
import type { WorkerPorts } from './work';

/** A worker whose other side runs on this thread: for pages that are drawn at build, and for tests. Messages are copied, as between threads. */
export class SameThreadWorker extends EventTarget {
  readonly #received = new EventTarget();
  #running = true;

  constructor(store: Store, ports: WorkerPorts) {
    super();
    serve(
      {
        addEventListener: (type, listener) => this.#received.addEventListener(type, listener as EventListener),
        postMessage: (message) => this.#deliver(this, message),
      },
      Promise.resolve(new Answerer(store, ports)),
    );
  }

  postMessage(message: ToWorker): void {
    this.#deliver(this.#received, message);
  }

  get ended(): boolean {
    return !this.#running;
  }

  terminate(): void {
    this.#running = false;
  }

  #deliver(to: EventTarget, message: ToWorker | FromWorker): void {
    const data = structuredClone(message);
    queueMicrotask(() => {
      if (this.#running && this.delivers) to.dispatchEvent(new MessageEvent('message', { data }));
    });
  }

  /** Whether messages arrive, in both directions. */
  protected get delivers(): boolean {
    return true;
  }
}
