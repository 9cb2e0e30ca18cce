/**
 * Text typed in an editor that renders itself. The listener is notified after rendering, so that it does not delay the key. The text that
 * was notified last is recognized when it comes back.
 */
export class DeferredText {
  #told: string;
  #untold: { readonly text: string; readonly cancel: () => void } | undefined;
  readonly #tell: (text: string) => void;
  readonly #later: (run: () => void) => () => void;

  /** `later` runs a function once the text has been rendered, and returns a function that cancels it. */
  constructor(text: string, tell: (text: string) => void, later: (run: () => void) => () => void) {
    this.#told = text;
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
    this.#told = text;
    this.#tell(text);
  }

  /** Whether a value is the text that was notified last; any other comes from outside. */
  isOwn(value: string): boolean {
    return value === this.#told;
  }

  /** Discards a pending text. */
  end(): void {
    this.#untold?.cancel();
    this.#untold = undefined;
  }
}
