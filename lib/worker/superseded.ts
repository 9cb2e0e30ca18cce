/**
 * Work that ended before it had a result, because its result is no longer wanted: a newer question has taken its place, or the trace that it
 * was about is no longer open. It is no failure: the client drops it without a message.
 */
export class SupersededError extends Error {
  override readonly name = 'SupersededError';
  constructor() {
    super('a newer question has taken the place of this one');
  }
}
