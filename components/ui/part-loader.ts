import { loadWithRetries } from '@/lib/loading';

/** Where the code of a part of the page is. */
export type PartState<T> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly part: T }
  /** It could not be fetched; it is tried again on request, and when the network comes back. */
  | { readonly kind: 'failed'; readonly offline: boolean; readonly message: string };

/** What a loader needs of the browser, so that a test can take its place. */
export interface PartSurroundings {
  /** Waits between tries; without it, for as long as it says. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  readonly isOffline: () => boolean;
  /** Calls the listener once the network is back; returns what ends that. */
  readonly onOnline: (listener: () => void) => () => void;
}

const browser: PartSurroundings = {
  isOffline: () => typeof navigator !== 'undefined' && !navigator.onLine,
  onOnline: (listener) => {
    window.addEventListener('online', listener, { once: true });
    return () => window.removeEventListener('online', listener);
  },
};

/** Fetches one part of the page when it is first needed. `subscribe` and `getState` are bound, for `useSyncExternalStore`. */
export class PartLoader<T> {
  readonly #load: () => Promise<T>;
  readonly #surroundings: PartSurroundings;
  readonly #listeners = new Set<() => void>();
  #state: PartState<T> = { kind: 'waiting' };
  #loading = false;
  #endWaiting: (() => void) | undefined;

  constructor(load: () => Promise<T>, surroundings: PartSurroundings = browser) {
    this.#load = load;
    this.#surroundings = surroundings;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly getState = (): PartState<T> => this.#state;

  /** Begins to fetch it where it is not there and not on its way. Never throws. */
  readonly start = (): void => {
    if (this.#loading || this.#state.kind === 'ready') return;
    this.#loading = true;
    this.#endWaiting?.();
    this.#endWaiting = undefined;
    this.#set({ kind: 'waiting' });
    void loadWithRetries(this.#load, this.#surroundings.pause).then(
      (part) => this.#end({ kind: 'ready', part }),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        this.#end({ kind: 'failed', offline: this.#surroundings.isOffline(), message });
        this.#endWaiting = this.#surroundings.onOnline(this.start);
      },
    );
  };

  #end(state: PartState<T>): void {
    this.#loading = false;
    this.#set(state);
  }

  #set(state: PartState<T>): void {
    if (state.kind === this.#state.kind && state.kind === 'waiting') return;
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}
