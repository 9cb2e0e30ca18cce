import { readCallArguments } from '../part';
import type { CallSink, PartPlace } from '../sink';
import { StreamedCalls } from '../streamed';
import { isObject, member, type UnknownObject, text, textOrNumber } from '../../shape';
import type { ImportOutput } from '../../types';

/** A piece of a streamed chat completion. */
export const isChunk = (value: UnknownObject): boolean =>
  Array.isArray(member(value, 'choices')) &&
  (member(value, 'choices') as unknown[]).some((choice) => isObject(choice) && isObject(member(choice, 'delta')));

/** Puts together the calls of a streamed answer: pieces come by the answer's id, the choice and the call's index. */
export class CompletionChunks {
  readonly #streamed: StreamedCalls;

  constructor(sink: CallSink) {
    this.#streamed = new StreamedCalls(sink);
  }

  /** True where the value is a chunk, which is then read. */
  read(value: UnknownObject, at: PartPlace, out: ImportOutput): boolean {
    if (!isChunk(value)) return false;
    const stream = at.conversation;
    (member(value, 'choices') as unknown[]).forEach((choice, i) => {
      if (!isObject(choice)) return;
      const prefix = `${stream} ${textOrNumber(member(choice, 'index')) ?? '0'} `;
      const place = { ...at, path: `${at.path}/choices/${i}/delta` };
      const delta = member(choice, 'delta');
      if (isObject(delta)) this.#delta(delta, prefix, place, out);
      if (typeof member(choice, 'finish_reason') === 'string') this.#streamed.finish(prefix, out);
    });
    return true;
  }

  endOfStream(out: ImportOutput): void {
    this.#streamed.endOfStream(out);
  }

  end(out: ImportOutput): void {
    this.#streamed.end(out);
  }

  #delta(delta: UnknownObject, prefix: string, at: PartPlace, out: ImportOutput): void {
    const older = member(delta, 'function_call');
    if (isObject(older))
      this.#piece(`${prefix}older`, older, undefined, { ...at, path: `${at.path}/function_call` }, out);
    const calls = member(delta, 'tool_calls');
    if (!Array.isArray(calls)) return;
    (calls as unknown[]).forEach((call, i) => {
      const inner = isObject(call) ? (member(call, 'function') ?? member(call, 'custom')) : undefined;
      if (!isObject(call) || !isObject(inner)) return;
      const key = `${prefix}${textOrNumber(member(call, 'index')) ?? String(i)}`;
      this.#piece(key, inner, member(call, 'id'), { ...at, path: `${at.path}/tool_calls/${i}` }, out);
    });
  }

  #piece(key: string, inner: UnknownObject, id: unknown, at: PartPlace, out: ImportOutput): void {
    const name = text(member(inner, 'name'));
    // Some servers repeat the name in every piece.
    if (!this.#streamed.has(key)) {
      const part = {
        name,
        args: readCallArguments(undefined),
        id,
        nameAt: '/function/name',
        argsAt: '/function/arguments',
      };
      this.#streamed.start(key, part, at, out);
    }
    this.#streamed.append(key, member(inner, 'arguments') ?? member(inner, 'input'));
  }
}
