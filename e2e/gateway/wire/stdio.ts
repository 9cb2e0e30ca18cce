import type { Readable, Writable } from 'node:stream';
import {
  isJSONRPCRequest,
  parseJSONRPCMessage,
  type JSONRPCMessage,
  type Transport,
} from '@modelcontextprotocol/server';
import { LineReader, type WireLine } from './lines';
import { answerTo, MAX_MESSAGE_BYTES, noMessage, readMessage, tooLarge, type MessageRefusal } from './message';

/** After the input has ended: how long to wait for the next answer. */
const NEXT_ANSWER_MS = 2000;
/** So many lines are handed on in one turn of the event loop: answers go out between them, however many arrive in one write. */
export const LINES_PER_TURN = 64;

/**
 * One client over a pair of streams, a message a line. Unlike the SDK's own transport it answers what it refuses and goes on, reads
 * messages exactly, and after the end of its input answers what was asked before.
 */
export class StdioWire implements Transport {
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: Transport['onmessage'];
  /** Resolves when it is closed. */
  readonly ended: Promise<void>;
  readonly #input: Readable;
  readonly #output: Writable;
  readonly #refused: (refusal: MessageRefusal) => void;
  readonly #lines = new LineReader(MAX_MESSAGE_BYTES);
  readonly #unanswered = new Set<string | number>();
  /** The lines of the chunk that is handed on now; no other is read meanwhile. */
  #reading: Iterator<WireLine> | undefined;
  #inputEnded = false;
  #patience: NodeJS.Timeout | undefined;
  #closed = false;
  #end: () => void = () => undefined;

  constructor(input: Readable, output: Writable, refused: (refusal: MessageRefusal) => void) {
    this.#input = input;
    this.#output = output;
    this.#refused = refused;
    this.ended = new Promise((done) => (this.#end = done));
  }

  start(): Promise<void> {
    this.#input.on('data', this.#onData).once('end', this.#onEnd).once('close', this.#onEnd);
    this.#input.on('error', (error) => this.onerror?.(error));
    // A client that closed its end reads no answers.
    this.#output.on('error', () => void this.close());
    return Promise.resolve();
  }

  send(message: JSONRPCMessage): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('the client is gone'));
    this.#output.write(`${JSON.stringify(message)}\n`);
    if (!('method' in message) && message.id !== undefined && message.id !== null) this.#unanswered.delete(message.id);
    if (this.#inputEnded) this.#endWhenAnswered();
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#closed = true;
    clearTimeout(this.#patience);
    this.#reading = undefined;
    this.#input.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onEnd);
    this.#end();
    this.onclose?.();
    return Promise.resolve();
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#input.pause();
    this.#reading = this.#lines.feed(chunk);
    this.#readOn();
  };

  readonly #readOn = (): void => {
    for (let count = 0; this.#reading !== undefined && count < LINES_PER_TURN; count++) {
      const { done, value } = this.#reading.next();
      if (done === true) {
        this.#reading = undefined;
        return this.#chunkRead();
      }
      this.#onLine(value);
    }
    if (this.#reading !== undefined) setImmediate(this.#readOn);
  };

  #chunkRead(): void {
    if (this.#closed) return;
    if (this.#inputEnded) this.#endWhenAnswered();
    // In the next turn, for several chunks may be at hand.
    else setImmediate(() => this.#closed || this.#input.resume());
  }

  readonly #onEnd = (): void => {
    if (this.#inputEnded) return;
    this.#inputEnded = true;
    this.#endWhenAnswered();
  };

  #endWhenAnswered(): void {
    if (this.#reading !== undefined) return;
    if (this.#unanswered.size === 0) return void this.close();
    this.#patience ??= setTimeout(() => void this.close(), NEXT_ANSWER_MS);
    this.#patience.refresh();
  }

  #onLine(line: WireLine): void {
    if (line.kind === 'too-long') return this.#refuse(tooLarge(line.envelope));
    const read = readMessage(line.bytes);
    if (!read.ok) return this.#refuse(read.refusal);
    let message: JSONRPCMessage;
    try {
      message = parseJSONRPCMessage(read.value);
    } catch {
      return this.#refuse(noMessage(line.bytes));
    }
    if (isJSONRPCRequest(message)) this.#unanswered.add(message.id);
    this.onmessage?.(message);
  }

  #refuse(refusal: MessageRefusal): void {
    this.#refused(refusal);
    const answer = answerTo(refusal);
    if (answer !== undefined && !this.#closed) this.#output.write(`${JSON.stringify(answer)}\n`);
  }
}
