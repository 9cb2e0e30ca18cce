/** A server that requires input, behind the gateway as a program: in both eras of the protocol, over both transports. */
import {
  Client,
  StreamableHTTPClientTransport,
  type CallToolResult,
  type Transport,
} from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { run } from '../../lib/cli/testdata/harness';
import { textOf } from './testdata/parts';
import { LAUNCHER, newPlace, serve } from './testdata/started';

vi.setConfig({ testTimeout: 180_000 });

const place = newPlace();
afterAll(place.remove);

const POLICY = {
  format: 'policy-bundle',
  version: 1,
  name: 'Ask',
  rules: [{ id: 'all', name: '', effect: 'allow', tools: ['*'] }],
};
place.write('ask.json', POLICY);
place.write('servers.json', {
  mcpServers: {
    asking: { command: process.execPath, args: [join(import.meta.dirname, 'testdata', 'asking-server.mjs')] },
  },
});
const args = ['--policy', 'ask.json', '--servers', 'servers.json', '--audit', 'audit.ndjson', '--agent', 'cursor'];

/** Keeps what passes in both directions, one message a line, as a proxy's log does. */
function recorded(transport: Transport): readonly unknown[] {
  const messages: unknown[] = [];
  const send = transport.send.bind(transport);
  transport.send = (message, options) => (messages.push(message), send(message, options));
  const { onmessage } = transport;
  transport.onmessage = (message, extra) => (messages.push(message), onmessage?.(message, extra));
  return messages;
}

async function connected(transport: 'stdio' | 'http', mode: 'legacy' | 'auto', capable: boolean) {
  const client = new Client(
    { name: 'asked', version: '1' },
    { capabilities: capable ? { elicitation: { form: {} } } : {}, versionNegotiation: { mode } },
  );
  if (capable) client.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: { sure: true } }));
  const served = transport === 'http' ? await serve([...args, '--port', '0'], place.folder) : undefined;
  const wire =
    served === undefined
      ? new StdioClientTransport({
          command: process.execPath,
          args: [LAUNCHER, ...args],
          cwd: place.folder,
          env: getDefaultEnvironment(),
          stderr: 'ignore',
        })
      : new StreamableHTTPClientTransport(new URL(served.url));
  await client.connect(wire);
  // On a busy machine the server behind may take longer to start than the first list waits.
  await vi.waitFor(async () => expect((await client.listTools()).tools).toHaveLength(1), { timeout: 150_000 });
  const messages = recorded(wire);
  const close = async (): Promise<void> => {
    await client.close();
    if (served === undefined) return;
    const ended = new Promise((done) => served.child.once('exit', done));
    served.child.kill('SIGTERM');
    await ended;
  };
  const call = (project: string) => client.callTool({ name: 'delete_project', arguments: { project } });
  return { client, call, messages, close };
}

const replayed = async (name: string, content: string): Promise<number> => {
  const { out } = await run(['replay', 'ask.json', name, '--json'], {
    'ask.json': JSON.stringify(POLICY),
    [name]: content,
  });
  return out.split('\n').filter((line) => line !== '').length;
};

it.each([
  ['stdio', 'legacy'],
  ['stdio', 'auto'],
  ['http', 'legacy'],
  ['http', 'auto'],
] as const)('over %s, %s: the client is asked, and the call is one call in every log', async (transport, mode) => {
  const { call, messages, close } = await connected(transport, mode, true);
  for (const project of ['apollo', 'gemini']) {
    const result: CallToolResult = await call(project);
    expect(JSON.parse(textOf(result))).toEqual([
      { project },
      { confirm: { action: 'accept', content: { sure: true } } },
      `state of ${project}`,
    ]);
  }
  await close();
  const audit = place.audit();
  rmSync(place.at('audit.ndjson'));
  const actions = audit
    .filter(({ action }) => action !== 'gateway.policy.loaded')
    .map(({ action, details }) => [action, (details as { outcome?: string }).outcome].join(' ').trim());
  const one = [
    'gateway.tool.executed',
    'gateway.call.finished input_required',
    'gateway.call.continued',
    'gateway.call.finished answered',
  ];
  expect(actions).toEqual([...one, ...one]);
  const lines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');
  expect(await replayed('audit.ndjson', lines(audit))).toBe(2);
  expect(await replayed('session.ndjson', lines(messages))).toBe(2);
});

it.each(['legacy', 'auto'] as const)(
  '%s: a client that cannot be asked gets an error, and the server does nothing',
  async (mode) => {
    const { call, close } = await connected('stdio', mode, false);
    const answered = await call('apollo').catch((error: unknown) => error);
    expect(answered instanceof Error || (answered as CallToolResult).isError).toBe(true);
    await close();
    expect(place.audit().filter(({ action }) => action === 'gateway.call.continued')).toEqual([]);
    rmSync(place.at('audit.ndjson'));
  },
);
