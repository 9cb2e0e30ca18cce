/** More texts than are ever under way at once, even on a slow machine. */
const MOST_UNDERWAY = 64;

/**
 * Text typed in an editor that renders itself. The listener is notified after rendering, so that it does not delay the key. What it was
 * notified of is recognized when it comes back, also late, when more has been typed.
 */
export class DeferredText {
  /** The texts that have not come back yet, the oldest first; after that, the last one that did. Never empty. */
  #told: readonly string[];
  #untold: { readonly text: string; readonly cancel: () => void } | undefined;
  readonly #tell: (text: string) => void;
  readonly #later: (run: () => void) => () => void;

  /** `later` runs a function once the text has been rendered, and returns a function that cancels it. */
  constructor(text: string, tell: (text: string) => void, later: (run: () => void) => () => void) {
    this.#told = [text];
    this.#tell = tell;
    this.#later = later;
  }

  take(text: string): void {
    this.#untold?.cancel();
    this.#untold = { text, cancel: this.#later(() => this.tell()) };
  }

  /** Notifies at once of a pending text. */
  tell(): void {
    if (this.#untold === undefined) return;
    const { text, cancel } = this.#untold;
    cancel();
    this.#untold = undefined;
    this.#told = [...this.#told, text].slice(-MOST_UNDERWAY);
    this.#tell(text);
  }

  /** Whether a value is a text that was notified and has come back now; any other comes from outside. */
  isOwn(value: string): boolean {
    const at = this.#told.indexOf(value);
    if (at < 0) return false;
    this.#told = this.#told.slice(at);
    return true;
  }

  /** Discards a pending text. */
  end(): void {
    this.#untold?.cancel();
    this.#untold = undefined;
  }
}
