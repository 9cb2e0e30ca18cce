import type { ImportOutput } from '../types';

/**
 * Gives every call of a file its own id where ids do not mark events: the second call with an id gets `ID~2`, and keeps
 * what the source said beside it.
 */
export class UniqueIds {
  readonly #seen = new Map<string, number>();

  claim(id: string, out: ImportOutput): string {
    const count = (this.#seen.get(id) ?? 0) + 1;
    this.#seen.set(id, count);
    if (count === 1) return id;
    out.note(
      'duplicate-id',
      (n) =>
        `${n} ${n === 1 ? 'call repeats' : 'calls repeat'} the id of an earlier one: renamed, with \`~2\`, \`~3\`, … after the id`,
    );
    return this.claim(`${id}~${count}`, out);
  }
}

/** Ids of events: an event that was logged twice is counted once. */
export class EventIds {
  readonly #seen = new Set<string>();

  /** True at the first sight of an id. */
  first(id: string, out: ImportOutput): boolean {
    if (!this.#seen.has(id)) {
      this.#seen.add(id);
      return true;
    }
    out.note(
      'duplicate-event',
      (n) => `${n} ${n === 1 ? 'entry was' : 'entries were'} logged twice (same event id): counted once`,
    );
    return false;
  }
}

/** Numbers conversations and their calls from 1, in the order of the file: `CONVERSATION-N`. */
export class ConversationIds {
  readonly #numbers = new Map<string, number>();
  readonly #calls = new Map<number, number>();

  /** The number of a conversation, by whatever identifies it. */
  conversation(key: string, out: ImportOutput): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    this.#numbers.set(key, number);
    out.conversation();
    return number;
  }

  /** The id of the conversation's next call; one that is rejected has its number too. */
  next(conversation: number): string {
    const n = (this.#calls.get(conversation) ?? 0) + 1;
    this.#calls.set(conversation, n);
    return `${conversation}-${n}`;
  }
}
