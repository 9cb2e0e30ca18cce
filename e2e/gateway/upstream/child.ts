import type { ChildProcess } from 'node:child_process';
import { getDefaultEnvironment } from '@modelcontextprotocol/client/stdio';
import { parseJSONRPCMessage, type JSONRPCMessage, type Transport } from '@modelcontextprotocol/client';
import spawn from 'cross-spawn';
import { LineReader, type WireLine } from '../wire/lines';
import { MAX_RESULT_BYTES, tooLargeAnswer } from './limits';
import type { StdioReach } from './servers';

/** How long a server may take to end, first by itself, then after it was asked to. */
const END_MS = 1000;
/** A helper that inherited the pipes can keep them open after the server has ended. */
const LAST_OUTPUT_MS = 500;
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
    for (const stream of this.#child?.stdio ?? []) stream?.destroy();
    this.onclose?.();
  }

  #read(chunk: Buffer): void {
    for (const line of this.#answers.feed(chunk)) {
      try {
        const value = this.#valueOf(line);
        if (value !== undefined) this.onmessage?.(parseJSONRPCMessage(value));
      } catch {
        this.#said('wrote a line to its standard output that is no message');
      }
    }
  }

  #valueOf(line: WireLine): unknown {
    if (line.kind === 'whole') return JSON.parse(line.bytes.toString('utf8')) as unknown;
    const { id, method } = line.envelope;
    if (id !== undefined && method === undefined) return tooLargeAnswer(id);
    this.#said('sent a message that is too large, and is left out');
    return undefined;
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
