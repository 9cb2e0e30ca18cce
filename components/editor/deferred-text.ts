/** More texts than are ever under way at once, even on a slow machine. */
const MOST_UNDERWAY = 64;

/**
 * Text typed in an editor that renders itself. The listener is notified after rendering, so that it does not delay the key. What it was
 * notified of is recognized when it comes back, also late, when more has been typed.
 */
export class DeferredText {
  /** The texts that have not come back yet, the oldest first; after that, the last one that did. Never empty. */
  #notified: readonly string[];
  #pending: { readonly text: string; readonly cancel: () => void } | undefined;
  readonly #listener: (text: string) => void;
  readonly #later: (run: () => void) => () => void;

  /** `later` runs a function once the text has been rendered, and returns a function that cancels it. */
  constructor(text: string, listener: (text: string) => void, later: (run: () => void) => () => void) {
    this.#notified = [text];
    this.#listener = listener;
    this.#later = later;
  }

  take(text: string): void {
    this.#pending?.cancel();
    this.#pending = { text, cancel: this.#later(() => this.flush()) };
  }

  /** Notifies at once of a pending text. */
  flush(): void {
    if (this.#pending === undefined) return;
    const { text, cancel } = this.#pending;
    cancel();
    this.#pending = undefined;
    this.#notified = [...this.#notified, text].slice(-MOST_UNDERWAY);
    this.#listener(text);
  }

  /** Whether a value is a text that was notified and has come back now; any other comes from outside. */
  isOwn(value: string): boolean {
    const at = this.#notified.indexOf(value);
    if (at < 0) return false;
    this.#notified = this.#notified.slice(at);
    return true;
  }

  /** Discards a pending text. */
  end(): void {
    this.#pending?.cancel();
    this.#pending = undefined;
  }
}
