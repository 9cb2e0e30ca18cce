import type { Store } from './store';

export interface OpenOptions {
  readonly now: () => number;
  readonly random: () => number;
}

export type Opened =
  | { readonly kind: 'indexeddb'; readonly store: Store }
  /** Nothing will be kept: `reason` is the browser's. */
  | { readonly kind: 'memory'; readonly store: Store; readonly reason: string };
