import { sameJson } from './equal';
import type { Notice, NoticeText } from './snapshot';

/** What people must know, in the order in which it came up. */
export class Notices {
  #count = 0;
  #all: readonly Notice[] = [];

  get all(): readonly Notice[] {
    return this.#all;
  }

  /** Says it once: what is still shown is not repeated (storage that fails does so at every key stroke). */
  add(text: NoticeText): void {
    const shown = this.#all.some(({ id: _id, ...other }) => sameJson(other, text));
    if (!shown) this.#all = [...this.#all, { ...text, id: ++this.#count }];
  }

  dismiss(id: number): void {
    this.#all = this.#all.filter((notice) => notice.id !== id);
  }

  /** Takes back what no longer holds. */
  withdraw(kind: NoticeText['kind']): void {
    this.#all = this.#all.filter((notice) => notice.kind !== kind);
  }
}
