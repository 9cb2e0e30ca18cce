import { readPart } from '../parts';
import type { CallSink, PartPlace } from '../sink';
import { StreamedCalls } from '../streamed';
import { isObject, member, type UnknownObject, text, textOrNumber } from '../../shape';
import type { ImportOutput } from '../../types';

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length > 0;

/** A piece of a message that LangChain streams. */
export const isMessageChunk = (value: UnknownObject): boolean => Array.isArray(member(value, 'tool_call_chunks'));

/** The piece that says that nothing follows. */
function isLast(chunk: UnknownObject): boolean {
  const metadata = member(chunk, 'response_metadata');
  const reasons = isObject(metadata)
    ? ['finish_reason', 'stop_reason', 'stopReason'].map((key) => member(metadata, key))
    : [];
  return member(chunk, 'chunk_position') === 'last' || reasons.some((reason) => typeof reason === 'string');
}

/** Puts together the calls of messages in pieces: by the message's id and the call's index. */
export class MessageChunks {
  readonly #sink: CallSink;
  readonly #streamed: StreamedCalls;

  constructor(sink: CallSink) {
    this.#sink = sink;
    this.#streamed = new StreamedCalls(sink);
  }

  /** True where the value is a piece with calls, which are then read. */
  read(value: UnknownObject, at: PartPlace, out: ImportOutput): boolean {
    const chunks = member(value, 'tool_call_chunks');
    if (!Array.isArray(chunks)) return false;
    const message = `${text(member(value, 'id')) ?? at.conversation} `;
    (chunks as unknown[]).forEach((chunk, i) => {
      if (!isObject(chunk)) return;
      const key = `${message}${textOrNumber(member(chunk, 'index')) ?? String(i)} `;
      if (!this.#streamed.has(key)) {
        const part = readPart({ ...chunk, type: 'tool_call', args: {} }, 'tool_calls', value);
        if (part === null || part === 'answer') return;
        this.#streamed.start(key, part, { ...at, path: `${at.path}/tool_call_chunks/${i}` }, out);
      }
      this.#streamed.append(key, member(chunk, 'args'));
    });
    this.#refuseInvalid(value, at, out);
    if (isLast(value)) this.#streamed.finish(message, out);
    return isList(chunks);
  }

  end(out: ImportOutput): void {
    this.#streamed.end(out);
  }

  /** Calls that could not be parsed and of which the message has no pieces. */
  #refuseInvalid(value: UnknownObject, at: PartPlace, out: ImportOutput): void {
    const invalid = member(value, 'invalid_tool_calls');
    const chunks = member(value, 'tool_call_chunks');
    if (!isList(invalid) || !isList(chunks)) return;
    const pieces = new Set(chunks.flatMap((chunk) => (isObject(chunk) ? [text(member(chunk, 'id'))] : [])));
    invalid.forEach((call, i) => {
      const id = isObject(call) ? text(member(call, 'id')) : undefined;
      if (!isObject(call) || text(member(call, 'name')) === undefined || pieces.has(id)) return;
      const part = readPart({ ...call, type: 'invalid_tool_call' }, 'invalid_tool_calls', value);
      if (part !== null && part !== 'answer')
        this.#sink.take(part, { ...at, path: `${at.path}/invalid_tool_calls/${i}` }, out);
    });
  }
}
