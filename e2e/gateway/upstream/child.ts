import type { ChildProcess } from 'node:child_process';
import { getDefaultEnvironment } from '@modelcontextprotocol/client/stdio';
import {
  isJSONRPCRequest,
  parseJSONRPCMessage,
  type JSONRPCMessage,
  type Transport,
} from '@modelcontextprotocol/client';
import spawn from 'cross-spawn';
import type { Envelope } from '../wire/envelope';
import { LineReader, type WireLine } from '../wire/lines';
import { invalidAnswer, tooLargeAnswer } from './answers';
import { MAX_RESULT_BYTES, MAX_UNENDED_BYTES } from './limits';
import type { StdioReach } from './servers';

/** How long a server may take to end, first by itself, then after it was asked to. */
const END_MS = 1000;
/** A helper that inherited the pipes can keep them open after the server has ended. */
const LAST_OUTPUT_MS = 500;
/** So long nothing may follow in a line over the size limit that is not ended. */
const UNENDED_MS = 2000;
const MAX_STDERR_LINE = 16 * 1024;
const GROUPS = process.platform !== 'win32';

/**
 * A server that is started as a process, in a group of its own, so that what it starts ends with it. Unlike the SDK's own transport it
 * outlives an answer that is too large, and its standard error is read: it may hold what a terminal would obey.
 */
export class ChildTransport implements Transport {
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: Transport['onmessage'];
  /** By this member the SDK knows a transport that reaches a process, which may not answer at all. */
  readonly stderr = null;
  readonly #reach: StdioReach;
  readonly #said: (line: string) => void;
  readonly #answers = new LineReader(MAX_RESULT_BYTES);
  readonly #words = new LineReader(MAX_STDERR_LINE);
  /** Requests that wait for their answer. */
  readonly #outstanding = new Set<string | number>();
  #unended: NodeJS.Timeout | undefined;
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(reach: StdioReach, said: (line: string) => void) {
    this.#reach = reach;
    this.#said = said;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  start(): Promise<void> {
    const { command, args, env, cwd } = this.#reach;
    // A server gets the few variables that programs need, and those that the file gives it: not the gateway's own.
    const variables = { ...getDefaultEnvironment(), ...env } as NodeJS.ProcessEnv;
    const child = spawn(command, [...args], {
      env: variables,
      cwd,
      stdio: 'pipe',
      detached: GROUPS,
      windowsHide: true,
    });
    this.#child = child;
    this.#ended = new Promise((done) => {
      child.once('close', done);
      child.once('exit', () => setTimeout(done, LAST_OUTPUT_MS).unref());
      child.once('error', () => child.pid === undefined && done());
    });
    void this.#ended.then(() => this.#gone());
    child.stdin?.on('error', (error) => this.onerror?.(error));
    child.stdout?.on('data', (chunk: Buffer) => this.#read(chunk));
    child.stderr?.on('data', (chunk: Buffer) => this.#readWords(chunk));
    return new Promise((done, failed) => child.once('spawn', done).once('error', failed));
  }

  send(message: JSONRPCMessage): Promise<void> {
    const input = this.#child?.stdin;
    if (this.#closed || !input?.writable) return Promise.reject(new Error('the server has ended'));
    if (isJSONRPCRequest(message)) this.#outstanding.add(message.id);
    else if ('method' in message && message.method === 'notifications/cancelled')
      this.#outstanding.delete(
        (message.params as { readonly requestId?: string | number } | undefined)?.requestId ?? '',
      );
    return new Promise((done, failed) => {
      input.write(`${JSON.stringify(message)}\n`, (error) => (error ? failed(error) : done()));
    });
  }

  /** Ends the server: by the end of its input, then by SIGTERM, then by force. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined) return this.#gone();
    child.stdin?.end();
    if (!(await this.#endsSoon())) {
      this.#signal(child, 'SIGTERM');
      await this.#endsSoon();
    }
    // Also what it started itself and left behind.
    this.#signal(child, 'SIGKILL');
    this.#gone();
  }

  #endsSoon(): Promise<boolean> {
    return Promise.race([
      this.#ended.then(() => true),
      new Promise<boolean>((done) => setTimeout(() => done(false), END_MS)),
    ]);
  }

  #signal(child: ChildProcess, signal: NodeJS.Signals): void {
    try {
      if (GROUPS && child.pid !== undefined) process.kill(-child.pid, signal);
      else child.kill(signal);
    } catch {
      // Nothing of it is left.
    }
  }

  #gone(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#unended);
    for (const stream of this.#child?.stdio ?? []) stream?.destroy();
    this.onclose?.();
  }

  #read(chunk: Buffer): void {
    for (const line of this.#answers.feed(chunk)) {
      try {
        this.#take(line);
      } catch {
        this.#said('wrote a line to its standard output that is no message');
      }
    }
    this.#watchUnended();
  }

  #take(line: WireLine): void {
    if (line.kind === 'too-long') return this.#refuseTooLarge(line.envelope);
    const value = JSON.parse(line.bytes.toString('utf8')) as unknown;
    this.#hand(invalidAnswer(value) ?? value);
  }

  #hand(value: unknown): void {
    const message = parseJSONRPCMessage(value);
    if ('id' in message && !('method' in message) && message.id !== undefined) this.#outstanding.delete(message.id);
    this.onmessage?.(message);
  }

  /** Fails the request that a message over the size limit answers, once: where it is the only one, before the answer names it. */
  #refuseTooLarge({ id, method }: Envelope, ended = true): void {
    const [first, ...others] = this.#outstanding;
    const answered = method !== undefined ? undefined : (id ?? (others.length === 0 ? first : undefined));
    if (answered !== undefined && this.#outstanding.has(answered)) this.#hand(tooLargeAnswer(answered));
    else if (ended && method !== undefined) this.#said('sent a message that is too large, and is left out');
  }

  /** A line over the size limit may never end: then what the server would answer next cannot be read either, and it is started again. */
  #watchUnended(): void {
    clearTimeout(this.#unended);
    const { unended } = this.#answers;
    if (unended === undefined) return;
    this.#refuseTooLarge(unended.envelope, false);
    const giveUp = (): void => {
      this.#said(`wrote ${String(unended.bytes)} bytes without the end of a line, and is ended`);
      void this.close();
    };
    if (unended.bytes > MAX_UNENDED_BYTES) giveUp();
    else this.#unended = setTimeout(giveUp, UNENDED_MS);
  }

  #readWords(chunk: Buffer): void {
    for (const line of this.#words.feed(chunk))
      this.#said(
        line.kind === 'whole'
          ? `says: ${line.bytes.toString('utf8').trimEnd()}`
          : 'says a line that is too long to show',
      );
  }
}
