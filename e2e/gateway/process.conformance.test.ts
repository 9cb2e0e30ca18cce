import { spawnSync } from 'node:child_process';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, Server } from '@modelcontextprotocol/server';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeLink, readBundle } from '../../lib/bundle';
import { textOf, tool } from './testdata/parts';
import { CHANGING_SERVER, LAUNCHER, newPlace, referenceServers, serve, start } from './testdata/started';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const place = newPlace();
afterAll(place.remove);

const bundle = (rules: readonly object[]): string =>
  JSON.stringify({ format: 'policy-bundle', version: 1, name: 'Test', rules });
const READING = { id: 'read', name: 'Reading', effect: 'allow', tools: ['read_*', 'echo'] };
const EVERYTHING = { id: 'all', name: 'Everything', effect: 'allow', tools: ['*'] };
const NOTHING_SECRET = {
  id: 'secret',
  name: 'No secrets',
  effect: 'deny',
  tools: ['*'],
  condition: 'request.args.text == "secret"',
};

/** Looks again until it is so: for what another process does in its own time. */
const until = (check: () => void | Promise<void>): Promise<unknown> =>
  vi.waitFor(check, { timeout: 300_000, interval: 50 });

/** An MCP server over HTTP that writes down what reaches it. */
interface Recorder {
  readonly url: string;
  readonly calls: { readonly name: string; readonly args: unknown }[];
  readonly headers: Record<string, unknown>[];
  readonly http: HttpServer;
}

async function recorder(): Promise<Recorder> {
  const calls: Recorder['calls'] = [];
  const headers: Recorder['headers'] = [];
  const handler = createMcpHandler(() => {
    const server = new Server({ name: 'recorder', version: '1' }, { capabilities: { tools: {} } });
    server.setRequestHandler('tools/list', () => ({
      tools: [tool('echo', { title: 'Echo', annotations: { readOnlyHint: true } }), tool('send')],
    }));
    server.setRequestHandler('tools/call', ({ params }) => {
      calls.push({ name: params.name, args: params.arguments });
      return { content: [{ type: 'text', text: JSON.stringify(params.arguments) }] };
    });
    return server;
  });
  const handle = toNodeHandler(handler);
  const http = createServer((request, response) => {
    headers.push(request.headers);
    void handle(request as typeof request & { method: string; url: string }, response);
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${String((http.address() as AddressInfo).port)}/mcp`, calls, headers, http };
}

const TOKEN = { RECORDER_TOKEN: 'hunter2' };
let remote: Recorder;
beforeAll(async () => {
  remote = await recorder();
  place.write('remote.json', {
    mcpServers: { remote: { url: remote.url, headers: { Authorization: 'Bearer ${RECORDER_TOKEN}' } } },
  });
  Object.assign(process.env, TOKEN);
});
afterAll(() => {
  remote.http.closeAllConnections();
  remote.http.close();
});
afterEach(() => {
  rmSync(place.at('audit.ndjson'), { force: true });
  remote.calls.length = 0;
});

const run = (args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, ...args], {
    cwd: place.folder,
    encoding: 'utf8',
    input: '',
  });
  return { status, stdout, stderr };
};

describe('over stdio', () => {
  it('works in front of the reference servers', async () => {
    place.write('policy.json', bundle([NOTHING_SECRET, READING]));
    place.write('servers.json', { mcpServers: referenceServers(place) });
    place.write('files/a b.txt', 'hello');
    const { client, call, names, close, words, pid } = await start(
      ['--policy', 'policy.json', '--servers', 'servers.json', '--audit', 'audit.ndjson', '--agent', 'cursor'],
      place.folder,
    );
    await until(async () =>
      expect(await names()).toEqual(expect.arrayContaining(['files__read_text_file', 'memory__read_graph'])),
    );
    expect(await names()).not.toContain('files__write_file');
    const { tools } = await client.listTools();
    const read = tools.find(({ name }) => name === 'files__read_text_file');
    expect(read).toMatchObject({ annotations: { readOnlyHint: true }, inputSchema: { type: 'object' } });

    expect(textOf(await call('files__read_text_file', { path: place.at('files/a b.txt') }))).toBe('hello');
    expect(textOf(await call('files__write_file', { path: place.at('files/new'), content: '' }))).toBe(
      'Denied by policy: no rule allows this call.',
    );
    expect(statSync(place.at('files/new'), { throwIfNoEntry: false })).toBeUndefined();
    expect(textOf(await call('memory__read_graph'))).toContain('"entities": []');

    expect(words()).toContain('`Test`, 2 rules, digest ');
    expect(statSync(place.at('audit.ndjson')).mode & 0o777).toBe(0o600);
    await until(() =>
      expect(place.audit().map(({ action }) => action)).toEqual([
        'gateway.policy.loaded',
        'gateway.tool.executed',
        'gateway.call.finished',
        'gateway.tool.executed',
        'gateway.tool.executed',
        'gateway.call.finished',
      ]),
    );
    expect(place.audit()[1]).toMatchObject({
      actor: { type: 'agent', id: 'cursor' },
      call: {
        agent: { slug: 'cursor' },
        instance: { client: { name: 'test client', version: '1.2.3' } },
        resource: { slug: 'files', name: 'Files', tags: ['local'] },
        ip: null,
        userAgent: null,
      },
    });
    await close();
    await until(() => expect(() => process.kill(pid, 0)).toThrow());
  });

  it('takes a link, and keeps what is denied from a server over HTTP', async () => {
    const read = readBundle(bundle([NOTHING_SECRET, READING]));
    const link = read.ok ? encodeLink(read.bundle) : read;
    if (!link.ok) throw new Error('no link');
    const address = `https://play.example/${link.fragment}`;
    const { call, names, close, words } = await start(
      ['--policy', address, '--servers', 'remote.json', '--audit', 'audit.ndjson'],
      place.folder,
      { env: TOKEN },
    );
    // One server alone: its tools keep their names.
    await until(async () => expect(await names()).toEqual(['echo']));
    const before = remote.headers.length;
    expect(textOf(await call('send', { text: 'x' }))).toBe('Denied by policy: no rule allows this call.');
    expect(textOf(await call('echo', { text: 'secret' }))).toBe('Denied by policy: rule 1 "No secrets" (secret).');
    expect(textOf(await call('echo', { text: 'x'.repeat(2 ** 20) }))).toMatch(/^Refused: the arguments are larger/);
    expect([remote.calls, remote.headers.length]).toEqual([[], before]);
    expect(textOf(await call('echo', { text: 'x' }))).toBe('{"text":"x"}');
    expect(remote.calls).toEqual([{ name: 'echo', args: { text: 'x' } }]);
    expect(remote.headers.at(-1)).toMatchObject({ authorization: 'Bearer hunter2' });
    expect(words() + JSON.stringify(place.audit())).not.toContain('hunter2');
    await close();
  });

  it('takes a changed policy, and keeps the last good one past a broken file', async () => {
    place.write('changing.json', bundle([READING]));
    let announced = 0;
    const { call, names, close, words } = await start(
      ['--policy', 'changing.json', '--servers', 'remote.json', '--audit', 'audit.ndjson'],
      place.folder,
      { env: TOKEN, onListChanged: () => announced++ },
    );
    expect(textOf(await call('send', {}))).toBe('Denied by policy: no rule allows this call.');
    // The server's own arrival is announced too.
    await until(() => expect(announced).toBe(1));

    writeFileSync(place.at('changing.json'), '{ "format": "policy-bundle", "version": 1, "name": "Test", "rules": [ {');
    await until(() => expect(words()).toContain('the one before stays in force'));
    expect(textOf(await call('send', {}))).toBe('Denied by policy: no rule allows this call.');
    expect(textOf(await call('echo', {}))).toBe('{}');
    expect([announced, await names()]).toEqual([1, ['echo']]);

    // An invalid rule is refused whole: nothing of the file comes into force.
    writeFileSync(place.at('changing.json'), bundle([EVERYTHING, { ...READING, scope: { group: ['x'] } }]));
    await until(() => expect(words()).toContain('/rules/1/scope/group'));
    expect(textOf(await call('send', {}))).toBe('Denied by policy: no rule allows this call.');

    rmSync(place.at('changing.json'));
    await until(() => expect(words()).toContain('there is no such file'));
    expect(textOf(await call('send', {}))).toBe('Denied by policy: no rule allows this call.');

    writeFileSync(place.at('changing.json'), bundle([EVERYTHING]));
    await until(() => expect(words()).toContain('the policy was read again: `Test`, 1 rule'));
    await until(() => expect(announced).toBe(2));
    expect(textOf(await call('send', {}))).toBe('{}');
    expect(await names()).toEqual(['echo', 'send']);
    await close();
  });

  it('follows a server whose tools change, and one that falls over', async () => {
    place.write('policy.json', bundle([EVERYTHING]));
    place.write('changing-servers.json', {
      mcpServers: { changing: { command: process.execPath, args: [CHANGING_SERVER] } },
    });
    let announced = 0;
    const { call, names, close, words } = await start(
      ['--policy', 'policy.json', '--servers', 'changing-servers.json', '--audit', 'audit.ndjson'],
      place.folder,
      { onListChanged: () => announced++ },
    );
    await until(async () => expect(await names()).toEqual(['grow', 'fall']));
    await until(() => expect(announced).toBe(1));
    expect(textOf(await call('grow'))).toBe('grown');
    await until(() => expect(announced).toBe(2));
    expect(await names()).toEqual(['grow', 'fall', 'grown_2']);

    expect(await call('fall')).toMatchObject({ isError: true });
    await until(() => expect(words()).toContain('changing: the connection is gone, and so are its tools'));
    await until(() => expect(announced).toBeGreaterThan(2));
    await until(async () => expect(await names()).toEqual(['grow', 'fall']));
    expect(textOf(await call('grow'))).toBe('grown');
    await close();
  });
});

describe('over HTTP', () => {
  const connect = async (url: string, mode: 'legacy' | 'auto'): Promise<Client> => {
    const client = new Client({ name: `${mode} client`, version: '1' }, { versionNegotiation: { mode } });
    const headers = { 'user-agent': 'test/1' };
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
    return client;
  };

  /** With any `Host` and `Origin`, as a page elsewhere can send them. */
  const ask = (url: string, headers: Record<string, string>, body = '{}'): Promise<number> =>
    new Promise((done, failed) => {
      const request = httpRequest(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      });
      request.once('response', (response) => {
        response.resume();
        done(response.statusCode ?? 0);
      });
      request.once('error', failed);
      request.end(body);
    });

  it('serves this machine alone, in both protocols', async () => {
    place.write('policy.json', bundle([NOTHING_SECRET, READING]));
    const { child, url, words } = await serve(
      ['--policy', 'policy.json', '--servers', 'remote.json', '--audit', 'audit.ndjson', '--port', '0'],
      place.folder,
    );
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    for (const mode of ['legacy', 'auto'] as const) {
      const client = await connect(url, mode);
      expect(client.getProtocolEra()).toBe(mode === 'legacy' ? 'legacy' : 'modern');
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['echo']);
      expect(textOf(await client.callTool({ name: 'echo', arguments: { text: mode } }))).toBe(`{"text":"${mode}"}`);
      expect(textOf(await client.callTool({ name: 'send', arguments: {} }))).toBe(
        'Denied by policy: no rule allows this call.',
      );
      const protocolVersion = mode === 'legacy' ? '2025-11-25' : '2026-07-28';
      expect(place.audit().at(-1)).toMatchObject({
        userAgent: 'test/1',
        ipAddress: '127.0.0.1',
        call: { instance: { client: { name: `${mode} client`, version: '1', protocolVersion } } },
      });
      await client.close();
    }
    const before = place.audit().length;
    const call = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'echo', arguments: {} },
    });
    const { host } = new URL(url);
    const answers = [
      await ask(url, { host: 'gateway.example' }, call),
      await ask(url, { host, origin: 'https://page.example' }, call),
      await ask(url, { host: `127.0.0.1.page.example` }, call),
      await ask(url, { host, origin: 'null' }, call),
      await ask(url.replace('/mcp', '/other'), { host }, call),
      await ask(url, { host, 'mcp-session-id': 'made-up' }, call),
      await ask(url, { host }, ' '.repeat(3 * 1024 * 1024)),
    ];
    expect(answers).toEqual([403, 403, 403, 403, 404, 404, 413]);
    expect(place.audit()).toHaveLength(before);
    expect(remote.calls.map(({ name }) => name)).toEqual(['echo', 'echo']);

    child.kill('SIGTERM');
    const code = await new Promise((done) => child.once('exit', done));
    expect({ code, words: words() }).toMatchObject({ code: 0 });
  });
});

describe('the command', () => {
  const rest = ['--servers', 'remote.json', '--audit', 'audit.ndjson'];

  it('says what it does', () => {
    const { status, stdout, stderr } = run(['--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const option of ['--policy', '--servers', '--audit', '--port', '--agent', '--user', '--group', '--identity'])
      expect(stdout).toContain(option);
  });

  it.each<[string, readonly string[], number, RegExp]>([
    ['nothing', [], 2, /^`--policy` is missing/],
    ['an option that it does not have', ['--polcy', 'x'], 2, /--polcy/],
    ['a port that is none', ['--policy', 'p.json', ...rest, '--port', '70000'], 2, /^`70000` is no port/],
    [
      'a policy that is not there',
      ['--policy', 'none.json', ...rest],
      1,
      /^`none.json` cannot be read: there is no such file/,
    ],
    ['a policy that is not valid', ['--policy', 'invalid.json', ...rest], 1, /\/rules\/0\/effect/],
    ['a damaged link', ['--policy', '#1.AAAA.000000000000', ...rest], 1, /./],
    [
      'servers that are not there',
      ['--policy', 'p.json', '--servers', 'x.json', '--audit', 'a'],
      2,
      /x\.json` cannot be read: ENOENT/,
    ],
    [
      'a server that does not start',
      ['--policy', 'p.json', '--servers', 'gone.json', '--audit', 'a'],
      1,
      /^the server `gone` cannot be reached/m,
    ],
    [
      'an audit log in no folder',
      ['--policy', 'p.json', '--servers', 'remote.json', '--audit', 'no/such/folder'],
      2,
      /cannot be written/,
    ],
  ])('ends with %s', (_, args, status, words) => {
    place.write('p.json', bundle([READING]));
    place.write('invalid.json', bundle([{ ...READING, effect: 'alow' }]));
    place.write('gone.json', { mcpServers: { gone: { command: process.execPath, args: ['-e', 'process.exit(3)'] } } });
    const ran = run(args);
    expect({ status: ran.status, stdout: ran.stdout }).toEqual({ status, stdout: '' });
    expect(ran.stderr).toMatch(words);
  });
});
