import { readPart } from '../parts';
import type { CallSink, PartPlace } from '../sink';
import { StreamedCalls } from '../streamed';
import { isObject, member, type UnknownObject, textOrNumber } from '../../shape';
import type { ImportOutput } from '../../types';

/** Puts together the blocks of a message that Anthropic streams: pieces come by the block's index. */
export class BlockEvents {
  readonly #streamed: StreamedCalls;
  #messages = 0;

  constructor(sink: CallSink) {
    this.#streamed = new StreamedCalls(sink);
  }

  read(value: UnknownObject, at: PartPlace, out: ImportOutput): boolean {
    const type = member(value, 'type');
    const key = `${at.conversation} ${this.#messages} ${textOrNumber(member(value, 'index')) ?? ''} `;
    if (type === 'message_start') this.#messages++;
    if (type === 'content_block_start') this.#start(key, value, at, out);
    else if (type === 'content_block_delta') {
      const delta = member(value, 'delta');
      if (isObject(delta)) this.#streamed.append(key, member(delta, 'partial_json'));
    } else if (type === 'content_block_stop') this.#streamed.finish(key, out);
    else return false;
    return true;
  }

  end(out: ImportOutput): void {
    this.#streamed.end(out);
  }

  #start(key: string, value: UnknownObject, at: PartPlace, out: ImportOutput): void {
    const block = member(value, 'content_block');
    const part = isObject(block) ? readPart(block, 'content', null) : null;
    if (part !== null && part !== 'answer')
      this.#streamed.start(key, part, { ...at, path: `${at.path}/content_block` }, out);
  }
}
