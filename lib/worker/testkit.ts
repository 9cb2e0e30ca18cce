import { openMemoryStore, type Store } from '../store';
import { Answerer } from './answerer';
import type { ToWorker, WorkerQuestion, WorkerQuestions } from './protocol';
import { SameThreadWorker } from './same-thread';
import type { WorkerPorts } from './work';

const memoryStore = () => openMemoryStore(() => 1_000);

/** For tests: the clock stands still, and ids count up. */
function stillPorts(ports: Partial<WorkerPorts>): WorkerPorts {
  let ids = 0;
  return { now: () => 1_000, newId: () => `id-${++ids}`, breathe: () => Promise.resolve(), ...ports };
}

/** For tests: asks a new answerer; what it stores is kept in memory unless a store is given. */
export function answering(store: Store = memoryStore(), ports: Partial<WorkerPorts> = {}) {
  const answerer = new Answerer(store, stillPorts(ports));
  return <Q extends WorkerQuestion>(
    question: Q,
    params: WorkerQuestions[Q]['params'],
    signal: AbortSignal = new AbortController().signal,
  ): Promise<WorkerQuestions[Q]['result']> =>
    answerer.answer(question, params, { signal, onProgress: () => undefined });
}

/** For tests: a worker on this thread that can be made to fail. */
export class LocalWorker extends SameThreadWorker {
  #stuck = false;
  readonly #stuckOn: (message: ToWorker) => boolean;

  /** `stuckOn`: a question that it begins, and never gets away from. */
  constructor(
    store: Store = memoryStore(),
    ports: Partial<WorkerPorts> = {},
    stuckOn: (message: ToWorker) => boolean = () => false,
  ) {
    super(store, stillPorts(ports));
    this.#stuckOn = stuckOn;
  }

  override postMessage(message: ToWorker): void {
    if ('ask' in message && this.#stuckOn(message)) {
      queueMicrotask(() => {
        this.dispatchEvent(new MessageEvent('message', { data: { ask: message.ask, begun: true } }));
        this.#stuck = true;
      });
    } else if (!this.#stuck) super.postMessage(message);
  }

  /** Breaks down: whatever is under way is never answered. */
  crash(message: string): void {
    this.terminate();
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }

  /** Its code does not come: it never runs. */
  miss(): void {
    this.terminate();
    queueMicrotask(() => this.dispatchEvent(new Event('error')));
  }

  protected override get delivers(): boolean {
    return !this.#stuck;
  }
}

/** For tests: a file of these lines; what is no text is written as JSON. */
export const fileOf = (...lines: unknown[]): Blob =>
  new Blob(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`));
