import { isFailure, type Quarantined, type Store } from '../store';

/** What could not be read back: it was set aside, and goes with the download. */
export class Quarantine {
  readonly #store: Store;
  #all: readonly Quarantined[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  get all(): readonly Quarantined[] {
    return this.#all;
  }

  async read(): Promise<void> {
    const listed = await this.#store.listQuarantined();
    if (!isFailure(listed)) this.#all = listed.values;
  }

  /** Throws it all away, for good. */
  async discard(): Promise<void> {
    for (const { id } of this.#all) await this.#store.deleteQuarantined(id);
  }
}
