import type { ImportOutput } from '../types';
import { readCallArguments, type ToolCallPart } from './part';
import type { CallSink, PartPlace } from './sink';

interface Growing {
  readonly part: ToolCallPart;
  readonly at: PartPlace;
  readonly pieces: string[];
}

/** Calls whose arguments arrive in pieces, as providers stream them. */
export class StreamedCalls {
  readonly #sink: CallSink;
  readonly #growing = new Map<string, Growing>();

  constructor(sink: CallSink) {
    this.#sink = sink;
  }

  has(key: string): boolean {
    return this.#growing.has(key);
  }

  start(key: string, part: ToolCallPart, at: PartPlace, out: ImportOutput): void {
    // A key that comes again begins another stream: what the first one lacks does not come any more.
    this.#breakOff(key, out);
    this.#growing.set(key, { part, at, pieces: [] });
  }

  append(key: string, piece: unknown): void {
    if (typeof piece === 'string') this.#growing.get(key)?.pieces.push(piece);
  }

  /** The stream says that these calls are whole. */
  finish(prefix: string, out: ImportOutput): void {
    for (const [key, { part, at, pieces }] of this.#growing) {
      if (!key.startsWith(prefix)) continue;
      this.#growing.delete(key);
      const text = pieces.join('');
      this.#sink.take(text === '' ? part : { ...part, args: readCallArguments(text) }, at, out);
    }
  }

  drop(key: string): void {
    this.#growing.delete(key);
  }

  /** The stream says that it is at its end. Some servers say nothing else, so that what came of each call is the whole of it. */
  endOfStream(out: ImportOutput): void {
    this.finish('', out);
  }

  /** The file ends: what is not whole is no call that was made. */
  end(out: ImportOutput): void {
    for (const key of this.#growing.keys()) this.#breakOff(key, out);
  }

  #breakOff(key: string, out: ImportOutput): void {
    const found = this.#growing.get(key);
    if (!found) return;
    // Arguments that parse are whole: nothing can follow an object's last bracket.
    const written = found.pieces.join('');
    if (written.trim() !== '' && 'args' in readCallArguments(written)) return this.finish(key, out);
    this.#growing.delete(key);
    this.#sink.take({ ...found.part, broken: 'the stream ends before the call is whole' }, found.at, out);
  }
}
