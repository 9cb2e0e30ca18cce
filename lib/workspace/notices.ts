import { sameJson } from './equal';
import type { WorkspaceNotice, NoticeText } from './snapshot';

/** What people must know, in the order in which it came up. */
export class NoticeList {
  #count = 0;
  #all: readonly WorkspaceNotice[] = [];

  get all(): readonly WorkspaceNotice[] {
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
