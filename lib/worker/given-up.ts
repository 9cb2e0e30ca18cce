import type { Policy } from '../engine';
import { textOf } from './policy-text';

export const GIVEN_UP = 'deciding by this policy was ended, because it did not answer';

/** The policies under which a worker did not answer: nothing is decided by them until `clear`. */
export class GivenUpPolicies {
  /** As text. */
  readonly #texts = new Set<string>();

  add(policy: Policy): void {
    this.#texts.add(textOf(policy));
  }

  has(policy: Policy): boolean {
    return this.#texts.size > 0 && this.#texts.has(textOf(policy));
  }

  clear(): void {
    this.#texts.clear();
  }
}
