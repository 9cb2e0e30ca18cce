import { openMemoryStore, type Store } from '../store';
import { Answerer } from './answerer';
import type { FromWorker, ToWorker, WorkerQuestion, WorkerQuestions } from './protocol';
import { serve } from './serve';
import type { WorkerPorts } from './work';

const memoryStore = () => openMemoryStore(() => 1_000);

/** For tests: an answerer at a standstill of the clock, with ids that count up. */
function newAnswerer(store: Store, ports: Partial<WorkerPorts>): Answerer {
  let ids = 0;
  return new Answerer(store, {
    now: () => 1_000,
    newId: () => `id-${++ids}`,
    breathe: () => Promise.resolve(),
    ...ports,
  });
}

/** For tests: asks a new answerer; what it stores is kept in memory unless a store is given. */
export function answering(store: Store = memoryStore(), ports: Partial<WorkerPorts> = {}) {
  const answerer = newAnswerer(store, ports);
  return <Q extends WorkerQuestion>(
    question: Q,
    params: WorkerQuestions[Q]['params'],
    signal: AbortSignal = new AbortController().signal,
  ): Promise<WorkerQuestions[Q]['result']> =>
    answerer.answer(question, params, { signal, onProgress: () => undefined });
}

/** For tests: a worker whose other side runs on this thread; messages are copied, as between threads. */
export class LocalWorker extends EventTarget {
  readonly #received = new EventTarget();
  #running = true;
  #stuck = false;
  readonly #stuckOn: (message: ToWorker) => boolean;

  /** `stuckOn`: a question that it begins, and never gets away from. */
  constructor(
    store: Store = memoryStore(),
    ports: Partial<WorkerPorts> = {},
    stuckOn: (message: ToWorker) => boolean = () => false,
  ) {
    super();
    this.#stuckOn = stuckOn;
    serve(
      {
        addEventListener: (type, listener) => this.#received.addEventListener(type, listener as EventListener),
        postMessage: (message) => this.#deliver(this, message),
      },
      Promise.resolve(newAnswerer(store, ports)),
    );
  }

  postMessage(message: ToWorker): void {
    if ('ask' in message && this.#stuckOn(message)) {
      this.#deliver(this, { ask: message.ask, begun: true });
      queueMicrotask(() => (this.#stuck = true));
    } else if (!this.#stuck) this.#deliver(this.#received, message);
  }

  get ended(): boolean {
    return !this.#running;
  }

  terminate(): void {
    this.#running = false;
  }

  /** Breaks down: whatever is under way is never answered. */
  crash(message: string): void {
    this.#running = false;
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }

  /** Its code does not come: it never runs. */
  miss(): void {
    this.#running = false;
    queueMicrotask(() => this.dispatchEvent(new Event('error')));
  }

  #deliver(to: EventTarget, message: ToWorker | FromWorker): void {
    const data = structuredClone(message);
    queueMicrotask(() => {
      if (this.#running && !this.#stuck) to.dispatchEvent(new MessageEvent('message', { data }));
    });
  }
}

/** For tests: a file of these lines; what is no text is written as JSON. */
export const fileOf = (...lines: unknown[]): Blob =>
  new Blob(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`));
