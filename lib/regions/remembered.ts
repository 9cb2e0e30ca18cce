/** What was worked out for a text, kept for the next time: with more texts than its limit, it begins anew. */
export class Remembered<T> {
  readonly #found = new Map<string, T>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(text: string, compute: () => T): T {
    const known = this.#found.get(text);
    if (known !== undefined) return known;
    const found = compute();
    if (this.#found.size >= this.#limit) this.#found.clear();
    this.#found.set(text, found);
    return found;
  }
}
