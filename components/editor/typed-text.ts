/**
 * What is typed in an editor that draws its text itself: told once that is drawn, so that all that follows from a key does not hold up the
 * key. The text that was told last is known again when it comes back.
 */
export class TypedText {
  #told: string;
  #untold: { readonly text: string; readonly cancel: () => void } | undefined;
  readonly #tell: (text: string) => void;
  readonly #later: (run: () => void) => () => void;

  /** `later` runs something when the text has been drawn, and gives what takes that back. */
  constructor(text: string, tell: (text: string) => void, later: (run: () => void) => () => void) {
    this.#told = text;
    this.#tell = tell;
    this.#later = later;
  }

  take(text: string): void {
    this.#untold?.cancel();
    this.#untold = { text, cancel: this.#later(() => this.tell()) };
  }

  /** Tells what is not told yet, at once. */
  tell(): void {
    if (this.#untold === undefined) return;
    const { text, cancel } = this.#untold;
    cancel();
    this.#untold = undefined;
    this.#told = text;
    this.#tell(text);
  }

  /** Whether a value is what was told from here last; any other comes from outside. */
  isOwn(value: string): boolean {
    return value === this.#told;
  }

  /** Forgets what is not told. */
  end(): void {
    this.#untold?.cancel();
    this.#untold = undefined;
  }
}
