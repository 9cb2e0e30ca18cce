/** Milliseconds between two notifications of progress: as often as a person can read it. */
const PROGRESS_INTERVAL = 150;

/**
 * Notifies the listeners of a store that its state changed. Each notification draws the page anew, so what arrives from the worker waits for
 * the next frame, all of it together.
 */
export class BatchedNotifier {
  readonly #listeners = new Set<() => void>();
  readonly #nextFrame: (run: () => void) => void;
  /** Whether a notification is due with the next frame. */
  #pending = false;
  #progressAt = 0;

  /** `nextFrame`: runs something once, right before the page is drawn next. */
  constructor(nextFrame: (run: () => void) => void) {
    this.#nextFrame = nextFrame;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** At once: for what the page itself did. Takes along what is due with the next frame. */
  notify(): void {
    this.#pending = false;
    for (const listener of this.#listeners) listener();
  }

  /** With the next frame: for what the worker answered. */
  notifyWithFrame(): void {
    if (this.#pending) return;
    this.#pending = true;
    this.#nextFrame(() => {
      if (this.#pending) this.notify();
    });
  }

  /** Whether enough time has passed since the progress that was shown last. */
  isProgressDue(): boolean {
    const now = performance.now();
    if (now - this.#progressAt < PROGRESS_INTERVAL) return false;
    this.#progressAt = now;
    return true;
  }
}
