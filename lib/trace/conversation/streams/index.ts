import type { CallSink, PartPlace } from '../sink';
import { isObject, member, type UnknownObject, textOrNumber } from '../../shape';
import type { ImportOutput } from '../../types';
import { CompletionChunks, isChunk } from './completion-chunks';
import { BlockEvents } from './content-blocks';
import { ConverseEvents, isConverseEvent } from './converse-events';
import { GrowingArguments } from './growing-arguments';
import { isMessageChunk, MessageChunks } from './message-chunks';
import { ResponseItems } from './response-items';

/**
 * Calls that arrive in pieces, of every provider: every format of conversations reads all of them, for logs mix them, and the first piece of
 * a call must never pass for a call without arguments.
 */
export class CallStreams {
  readonly #chunks: CompletionChunks;
  readonly #all: readonly {
    read(value: UnknownObject, at: PartPlace, out: ImportOutput): boolean;
    end(out: ImportOutput): void;
  }[];

  constructor(sink: CallSink) {
    this.#chunks = new CompletionChunks(sink);
    this.#all = [
      this.#chunks,
      new BlockEvents(sink),
      new ConverseEvents(sink),
      new MessageChunks(sink),
      new ResponseItems(sink),
      new GrowingArguments(sink),
    ];
  }

  /** True where the value is a piece, which is then read. */
  read(value: UnknownObject, at: PartPlace, out: ImportOutput): boolean {
    return this.#all.some((stream) => stream.read(value, at, out));
  }

  /** `data: [DONE]`, which ends a stream of chat completions. */
  endOfStream(out: ImportOutput): void {
    this.#chunks.endOfStream(out);
  }

  /** The file ends: what is not whole is no call that was made. */
  end(out: ImportOutput): void {
    for (const stream of this.#all) stream.end(out);
  }
}

/** The stream that a record is a piece of, where its provider gives streams an id, or a file has one alone. */
export function streamOf(value: object): string | undefined {
  if (!isObject(value)) return undefined;
  if (isChunk(value)) return `stream ${textOrNumber(member(value, 'id')) ?? ''}`;
  return isConverseEvent(value) || isMessageChunk(value) ? 'stream' : undefined;
}
