/** The gateway as a process of its own, with a client of the official SDK in front of it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, type CallToolResult } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const top = resolve(import.meta.dirname, '../../..');
export const LAUNCHER = join(top, 'scripts', 'gateway.mjs');
export const FAULT_SERVER = join(import.meta.dirname, 'fault-server.mjs');
export const CHANGING_SERVER = join(import.meta.dirname, 'changing-server.mjs');
const reference = (name: string): string => join(top, 'node_modules', '@modelcontextprotocol', name, 'dist', 'index.js');

export interface Place {
  /** Absolute, of a folder for this test alone. */
  readonly folder: string;
  readonly at: (name: string) => string;
  readonly write: (name: string, content: unknown) => string;
  /** The audit log's entries so far. */
  readonly audit: () => Record<string, unknown>[];
  readonly remove: () => void;
}

export function newPlace(): Place {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'policy gateway ')));
  const at = (name: string): string => join(folder, name);
  return {
    folder,
    at,
    write: (name, content) => {
      writeFileSync(at(name), typeof content === 'string' ? content : JSON.stringify(content));
      return at(name);
    },
    audit: () =>
      readFileSync(at('audit.ndjson'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The reference filesystem and memory servers, on files of this place. */
export function referenceServers(place: Place): object {
  mkdirSync(place.at('files'), { recursive: true });
  return {
    files: {
      command: process.execPath,
      args: [reference('server-filesystem'), place.at('files')],
      name: 'Files',
      tags: ['local'],
    },
    memory: {
      command: process.execPath,
      args: [reference('server-memory')],
      env: { MEMORY_FILE_PATH: place.at('memory.jsonl') },
      name: 'Memory',
    },
  };
}

export interface Started {
  readonly client: Client;
  readonly call: (name: string, args?: Record<string, unknown>) => Promise<CallToolResult>;
  readonly names: () => Promise<string[]>;
  /** What the gateway has said on standard error. */
  readonly words: () => string;
  readonly pid: number;
  readonly close: () => Promise<void>;
}

/** Starts the gateway over stdio. `onListChanged` hears of every announcement that the tools are others. */
export async function start(args: readonly string[], cwd: string, { onListChanged = (): void => undefined, env = {} }: { onListChanged?: () => void; env?: Record<string, string> } = {}): Promise<Started> {
  const client = new Client(
    { name: 'test client', version: '1.2.3' },
    { listChanged: { tools: { autoRefresh: false, debounceMs: 0, onChanged: onListChanged } } },
  );
  const transport = new StdioClientTransport({ command: process.execPath, args: [LAUNCHER, ...args], cwd, env: { ...getDefaultEnvironment(), ...env }, stderr: 'pipe' });
  let words = '';
  transport.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()));
  try {
    await client.connect(transport);
  } catch (error) {
    throw new Error(`the gateway did not start: ${words}`, { cause: error });
  }
  return {
    client,
    call: (name, given = {}) => client.callTool({ name, arguments: given }),
    names: async () => (await client.listTools()).tools.map(({ name }) => name),
    words: () => words,
    pid: transport.pid ?? 0,
    close: () => client.close(),
  };
}

/** Starts it as a program and waits until it says that it serves; gives its words, and what ends it. */
export async function serve(args: readonly string[], cwd: string): Promise<{ child: ChildProcess; words: () => string; url: string }> {
  const child = spawn(process.execPath, [LAUNCHER, ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  return new Promise((done, failed) => {
    child.stderr.on('data', (chunk: Buffer) => {
      words += chunk.toString();
      const url = /serving on (\S+)/.exec(words)?.[1];
      if (url !== undefined) done({ child, words: () => words, url });
    });
    child.once('exit', () => failed(new Error(words)));
  });
}
