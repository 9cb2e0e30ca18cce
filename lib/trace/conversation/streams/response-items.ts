import { readPart } from '../parts';
import type { CallSink, PartPlace } from '../sink';
import { StreamedCalls } from '../streamed';
import { isObject, member, type UnknownObject, text } from '../../shape';
import type { ImportOutput } from '../../types';

/** Events that hold an item while it is being written, and one when it is whole. */
const ADDED = new Set(['response.output_item.added', 'conversation.item.created', 'conversation.item.added']);
const DONE = new Set(['response.output_item.done', 'conversation.item.done']);

/** Pieces, and word of what goes on; the whole item follows. */
const PROGRESS = /^response\.\w+(\.\w+)*\.(delta|done|added|in_progress|completed|searching|interpreting|failed)$/;

/** Events of the Responses API about its items: one that began is a call once it is whole. */
export class ResponseItems {
  readonly #open: StreamedCalls;

  constructor(sink: CallSink) {
    this.#open = new StreamedCalls(sink);
  }

  /** True where the value is an event that holds no whole item. */
  read(value: UnknownObject, at: PartPlace, out: ImportOutput): boolean {
    const type = member(value, 'type');
    if (typeof type !== 'string') return false;
    const item = member(value, 'item');
    const key = isObject(item)
      ? `${at.conversation} ${text(member(item, 'id')) ?? text(member(item, 'call_id')) ?? ''}`
      : '';
    if (isObject(item) && ADDED.has(type)) {
      const part = readPart(item, 'item', value);
      const whole = member(item, 'status') === 'completed';
      if (part === null || part === 'answer' || whole) return false;
      this.#open.start(key, part, { ...at, path: `${at.path}/item` }, out);
      return true;
    }
    if (DONE.has(type)) this.#open.drop(key);
    return PROGRESS.test(type) && !isObject(item) && !isObject(member(value, 'response'));
  }

  end(out: ImportOutput): void {
    this.#open.end(out);
  }
}
