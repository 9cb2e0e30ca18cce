import type { Readable, Writable } from 'node:stream';
import {
  isJSONRPCNotification,
  isJSONRPCRequest,
  parseJSONRPCMessage,
  type JSONRPCMessage,
  type Transport,
} from '@modelcontextprotocol/server';
import { BatchAnswers } from './batches';
import { LineReader, type WireLine } from './lines';
import { answerTo, MAX_MESSAGE_BYTES, noMessage, readMessage, tooLarge, type MessageRefusal } from './message';

/** After the input has ended: how long to wait for the next answer. */
const NEXT_ANSWER_MS = 2000;
/** So many lines are handed on in one turn of the event loop: answers go out between them, however many arrive in one write. */
export const LINES_PER_TURN = 64;

/**
 * One client over a pair of streams, a message or a batch of messages a line. Unlike the SDK's own transport it answers what it refuses and goes on, reads
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
  readonly #batches = new BatchAnswers();
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
    if ('method' in message || message.id === undefined || message.id === null) this.#write(message);
    else {
      this.#unanswered.delete(message.id);
      this.#write(this.#batches.answered(message.id, message));
    }
    if (this.#inputEnded) this.#endWhenAnswered();
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    for (const answers of this.#batches.takeAll()) this.#write(answers);
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
    const messages = messagesIn(read.value);
    if (messages === undefined) return this.#refuse(noMessage(line.bytes, read.value));
    const ids = messages.flatMap((message) => (isJSONRPCRequest(message) ? [message.id] : []));
    if (Array.isArray(read.value)) this.#batches.begin(ids.filter((id) => !this.#unanswered.has(id)));
    for (const id of ids) this.#unanswered.add(id);
    for (const message of messages) {
      this.onmessage?.(message);
      const cancelled = cancelledBy(message);
      if (cancelled !== undefined) this.#write(this.#batches.cancelled(cancelled));
    }
  }

  #refuse(refusal: MessageRefusal): void {
    this.#refused(refusal);
    this.#write(answerTo(refusal));
  }

  #write(answer: object | undefined): void {
    if (answer !== undefined && !this.#closed) this.#output.write(`${JSON.stringify(answer)}\n`);
  }
}

/** The message of a line, or those of a batch; undefined where one of them is none. */
function messagesIn(value: unknown): readonly JSONRPCMessage[] | undefined {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  try {
    return all.length === 0 ? undefined : all.map((one) => parseJSONRPCMessage(one));
  } catch {
    return undefined;
  }
}

/** The request that a client does not want answered any more. */
function cancelledBy(message: JSONRPCMessage): string | number | undefined {
  if (!isJSONRPCNotification(message) || message.method !== 'notifications/cancelled') return undefined;
  const id: unknown = message.params?.['requestId'];
  return typeof id === 'string' || typeof id === 'number' ? id : undefined;
}
