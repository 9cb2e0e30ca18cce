/** Faults around a gateway: disks, servers, clients. Times are only limits on hanging. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { textOf } from './testdata/parts';
import { FAULT_SERVER, LAUNCHER, newPlace, start } from './testdata/started';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const place = newPlace();
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  rmSync(place.at('audit.ndjson'), { force: true });
});
afterAll(place.remove);

const until = (check: () => void | Promise<void>): Promise<unknown> =>
  vi.waitFor(check, { timeout: 300_000, interval: 50 });

const bundle = (rules: readonly object[]): string =>
  JSON.stringify({ format: 'policy-bundle', version: 1, name: 'Test', rules });
const EVERYTHING = { id: 'all', name: 'Everything', effect: 'allow', tools: ['*'] };
place.write('allow.json', bundle([EVERYTHING]));
place.write('deny.json', bundle([]));
const faulty = (...args: string[]): object => ({
  command: process.execPath,
  args: [FAULT_SERVER, ...args],
  env: { KEY: 'hunter2' },
});
place.write('one.json', { mcpServers: { one: faulty() } });

const options = (policy: string, servers: string): string[] => [
  '--policy',
  policy,
  '--servers',
  servers,
  '--audit',
  'audit.ndjson',
];

/** The gateway with lines in and out as they are, and its exit code when it has ended. */
function raw(args: readonly string[], shell = '') {
  const command = shell === '' ? [process.execPath] : ['bash', '-c', `${shell}; exec "$0" "$@"`, process.execPath];
  const child = spawn(command[0] ?? '', [...command.slice(1), LAUNCHER, ...args], { cwd: place.folder });
  children.add(child);
  const answers: Record<string, unknown>[] = [];
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  child.stdin.on('error', () => undefined);
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  return {
    child,
    answers,
    words: () => words,
    ended,
    /** Takes answers, and leaves out notifications. */
    read: () =>
      createInterface({ input: child.stdout }).on('line', (line) => {
        const message = JSON.parse(line) as Record<string, unknown>;
        if ('id' in message) answers.push(message);
      }),
    send: (...messages: (object | string)[]) =>
      void child.stdin.write(
        messages
          .map((one) => `${typeof one === 'string' ? one : JSON.stringify({ jsonrpc: '2.0', ...one })}\n`)
          .join(''),
      ),
  };
}

const INITIALIZE = {
  id: 'i',
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};
const callOf = (id: number, name: string, args: object = {}): object => ({
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});
const resultText = (answer: Record<string, unknown> | undefined): unknown =>
  (answer?.['result'] as { content?: { text?: string }[] } | undefined)?.content?.[0]?.text;

/** Process ids of servers that the gateway started, by their command line. */
const serversOf = (marker: string): string[] =>
  spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.includes(FAULT_SERVER) && line.includes(marker));

describe('the policy', () => {
  it('is that of the file, though it changed while servers started', async () => {
    const [policy, flag] = [place.write('starting.json', bundle([])), place.at('flag-policy')];
    place.write('slow-one.json', { mcpServers: { slow: faulty('slow', flag) } });
    const { call, words, close } = await start(options('starting.json', 'slow-one.json'), place.folder);
    writeFileSync(policy, bundle([EVERYTHING]));
    await until(() => expect(words()).toContain('the policy was read again: `Test`, 1 rule'));
    writeFileSync(flag, '');
    await until(async () => expect(textOf(await call('echo', { a: 1 }))).toBe('{"a":1}'));
    await close();
  });
});

describe('the audit log', () => {
  it('refuses calls while the disk is full, and goes on on a line of its own', async () => {
    // A limit on the size of files, which is given back while the gateway runs, is as a disk on which room is made.
    const gateway = raw(options('allow.json', 'one.json'), 'ulimit -S -f 4');
    gateway.read();
    gateway.send(
      INITIALIZE,
      callOf(1, 'echo', { pad: 'x'.repeat(1500) }),
      callOf(2, 'echo', { pad: 'y'.repeat(5000) }),
    );
    await until(() => expect(gateway.answers).toHaveLength(3));
    const answerTo = (id: number) => resultText(gateway.answers.find((one) => one['id'] === id));
    expect(answerTo(1)).toContain('xxx');
    expect(answerTo(2)).toBe('Refused: the gateway cannot write its audit log.');
    const { status } = spawnSync('prlimit', ['--pid', String(gateway.child.pid), '--fsize=unlimited']);
    if (status !== 0) return;
    gateway.send(callOf(3, 'echo', { pad: 'z' }));
    await until(() => expect(answerTo(3)).toContain('z'));
    gateway.child.stdin.end();
    expect(await gateway.ended).toBe(0);
    const lines = readFileSync(place.at('audit.ndjson'), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    const whole = lines.flatMap((line) => {
      try {
        return [JSON.parse(line) as { details: { arguments?: { pad?: string }; outcome?: string } }];
      } catch {
        return [];
      }
    });
    expect(lines.length - whole.length).toBe(1);
    expect(whole.flatMap(({ details }) => details.arguments?.pad?.[0] ?? [])).toEqual(['x', 'z']);
  });

  it('is opened again when it was rotated', async () => {
    const { call, close, pid } = await start(options('deny.json', 'one.json'), place.folder);
    await call('echo', { n: 1 });
    renameSync(place.at('audit.ndjson'), place.at('audit.1'));
    process.kill(pid, 'SIGHUP');
    await call('echo', { n: 2 });
    await close();
    expect(place.audit()).toMatchObject([{ details: { arguments: { n: 2 } } }]);
    expect(readFileSync(place.at('audit.1'), 'utf8')).toContain('"arguments":{"n":1}');
  });

  it('is no device', async () => {
    const gateway = raw(['--policy', 'allow.json', '--servers', 'one.json', '--audit', '/dev/null']);
    expect(await gateway.ended).toBe(2);
    expect(gateway.words()).toContain('it is not a regular file');
  });
});

describe('a client', () => {
  it('that writes a message over the limit is refused, and its session goes on', async () => {
    const { client, call, close } = await start(options('allow.json', 'one.json'), place.folder);
    await expect(call('echo', { text: 'x'.repeat(3 * 1024 * 1024) })).rejects.toMatchObject({
      code: -32_600,
      message: 'Refused: the message is larger than 2097152 bytes.',
    });
    expect(textOf(await call('echo', { a: 1 }))).toBe('{"a":1}');
    expect(client.getServerVersion()?.name).toBe('policy-gateway');
    await close();
  });

  it('that writes what a reader would change is refused with the path of the argument', async () => {
    const gateway = raw(options('allow.json', 'one.json'));
    gateway.read();
    gateway.send(INITIALIZE);
    const written = [
      '{"n":9007199254740993}',
      '{"n":1e400}',
      '{"n":-0}',
      '{"n":1,"n":2}',
      '{"__proto__":{}}',
      '{"n":1.50}',
    ];
    written.forEach((args, id) =>
      gateway.send(
        `{"jsonrpc":"2.0","id":${String(id)},"method":"tools/call","params":{"name":"echo","arguments":${args}}}`,
      ),
    );
    await until(() => expect(gateway.answers).toHaveLength(7));
    const messageOf = (id: number) =>
      (gateway.answers.find((one) => one['id'] === id)?.['error'] as { message?: string } | undefined)?.message;
    for (const id of [0, 1, 2, 3]) expect(messageOf(id)).toMatch(/^Refused: the argument `\/n`: /);
    expect(messageOf(4)).toMatch(/^Refused: the argument `\/__proto__`: /);
    expect(resultText(gateway.answers.find((one) => one['id'] === 5))).toBe('{"n":1.5}');
    gateway.child.stdin.end();
    expect(await gateway.ended).toBe(0);
    const actions = place.audit().map(({ action }) => action);
    expect(actions.filter((action) => action === 'gateway.request.refused')).toHaveLength(5);
  });

  it('that takes a call back has it logged as cancelled', async () => {
    const gateway = raw(options('allow.json', 'one.json'));
    gateway.read();
    gateway.send(INITIALIZE, callOf(1, 'hang'));
    await until(() => expect(existsSync(place.at('audit.ndjson')) && place.audit().length).toBe(2));
    gateway.send({ method: 'notifications/cancelled', params: { requestId: 1 } });
    await until(() => expect(place.audit().at(-1)).toMatchObject({ details: { outcome: 'cancelled' } }));
    gateway.child.kill('SIGTERM');
    expect(await gateway.ended).toBe(0);
  });

  it('that asks for a call which is none by its shape reads why, and so does the log', async () => {
    const gateway = raw(options('deny.json', 'one.json'));
    gateway.read();
    gateway.send(INITIALIZE, { id: 1, method: 'tools/call', params: { name: 'delete_x', arguments: null } });
    const reason = 'the arguments of the call of `delete_x` are null, and must be an object';
    // It may be answered before `initialize` is.
    await until(() =>
      expect(gateway.answers.find(({ id }) => id === 1)).toMatchObject({
        error: { code: -32_602, message: `Refused: ${reason}.` },
      }),
    );
    gateway.child.stdin.end();
    expect(await gateway.ended).toBe(0);
    expect(gateway.words()).toContain(`a message was refused: ${reason}`);
    expect(place.audit().at(-1)).toMatchObject({
      action: 'gateway.request.refused',
      details: { reason, request: 'tools/call' },
    });
  });

  it('that sends a batch has it served', async () => {
    const gateway = raw(options('deny.json', 'one.json'));
    const lines: unknown[] = [];
    createInterface({ input: gateway.child.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
    gateway.send(
      INITIALIZE,
      `[${[1, 2].map((id) => JSON.stringify({ jsonrpc: '2.0', ...callOf(id, 'echo') })).join(',')}]`,
    );
    await until(() =>
      expect(lines.at(-1)).toEqual(
        expect.arrayContaining(
          [1, 2].map((id) => expect.objectContaining({ id, result: expect.anything() as unknown })),
        ),
      ),
    );
    gateway.child.kill('SIGTERM');
    expect(await gateway.ended).toBe(0);
  });

  it('that writes ten thousand calls at once is answered, then the end of its input ends the gateway', async () => {
    const gateway = raw(options('deny.json', 'one.json'));
    gateway.read();
    gateway.send(INITIALIZE, ...Array.from({ length: 10_000 }, (_, n) => callOf(n, 'echo')));
    gateway.child.stdin.end();
    expect(await gateway.ended).toBe(0);
    expect(gateway.answers).toHaveLength(10_001);
    expect(place.audit().filter(({ action }) => action === 'gateway.tool.executed')).toHaveLength(10_000);
    expect(serversOf('never-slow')).toEqual([]);
  });

  it('that never reads its answers does not keep the gateway from ending', async () => {
    for (const end of ['SIGTERM', 'input'] as const) {
      const gateway = raw(options('deny.json', 'one.json'));
      gateway.send(INITIALIZE, ...Array.from({ length: 10_000 }, (_, n) => callOf(n, 'echo')));
      await until(() => expect(place.audit().length).toBeGreaterThan(100));
      if (end === 'SIGTERM') gateway.child.kill('SIGTERM');
      else gateway.child.stdin.end();
      expect(await gateway.ended).toBe(0);
      rmSync(place.at('audit.ndjson'));
    }
  });
});

describe('a server', () => {
  it('that is slow keeps none of the others, and its tools appear when it is there', async () => {
    const flag = place.at('flag-slow');
    place.write('two.json', { mcpServers: { quick: faulty(), slow: faulty('slow', flag) } });
    let announced = 0;
    const gateway = await start(options('allow.json', 'two.json'), place.folder, { onListChanged: () => announced++ });
    const { call, names, close } = gateway;
    expect(textOf(await call('quick__echo', { a: 1 }))).toBe('{"a":1}');
    expect((await names()).every((name) => name.startsWith('quick__'))).toBe(true);
    expect(textOf(await call('slow__echo', {}))).toContain('The server slow is not connected at present');
    const before = announced;
    writeFileSync(flag, '');
    await until(() => expect(announced).toBeGreaterThan(before));
    expect(textOf(await call('slow__echo', { b: 2 }))).toBe('{"b":2}');
    await close();
  });

  it('that gives a result too large fails that call alone', async () => {
    const { call, close } = await start(options('allow.json', 'one.json'), place.folder);
    await expect(call('large')).rejects.toMatchObject({
      message: expect.stringContaining('is larger than 10485760 bytes') as string,
    });
    expect(textOf(await call('echo', { a: 1 }))).toBe('{"a":1}');
    await close();
  });

  it('that gives no valid answer fails that call at once, and says what is wrong', async () => {
    const { call, close } = await start(options('allow.json', 'one.json'), place.folder);
    const faults = [
      [{ result: 'x' }, '`result` is a text, not an object'],
      [{ result: null }, '`result` is null, not an object'],
      [{ result: [] }, '`result` is a list, not an object'],
      [{ error: 'x' }, '`error` has no `code` and `message`'],
      [{}, 'it has neither `result` nor `error`'],
      [{ result: {}, jsonrpc: '1.0' }, '`jsonrpc` is not "2.0"'],
    ] as const;
    for (const [answer, message] of faults)
      await expect(call('odd', { answer })).rejects.toMatchObject({
        message: `the answer of the server is no valid response: ${message}`,
      });
    expect(textOf(await call('echo', { a: 1 }))).toBe('{"a":1}');
    await close();
  });

  it('that writes without the end of a line fails what it was asked, and is started again', async () => {
    const { call, words, close } = await start(options('allow.json', 'one.json'), place.folder);
    const hanging = call('hang');
    expect(await call('endless').then(textOf, String)).toMatch(/did not answer|larger than 10485760 bytes/);
    expect(textOf(await hanging)).toContain('did not answer');
    expect(words()).toContain('bytes without the end of a line, and is ended');
    await until(async () => expect(textOf(await call('echo', { a: 1 }))).toBe('{"a":1}'));
    await expect(call('late')).rejects.toMatchObject({ message: expect.stringContaining('is larger than') as string });
    const other = call('hang');
    await expect(call('late')).rejects.toMatchObject({ message: expect.stringContaining('is larger than') as string });
    expect(textOf(await call('echo', { a: 2 }))).toBe('{"a":2}');
    void other.catch(() => undefined);
    await close();
  });

  it('that dies fails what it was asked, and is started again', async () => {
    const { call, words, close } = await start(options('allow.json', 'one.json'), place.folder);
    expect(await call('die')).toMatchObject({ isError: true });
    await until(() => expect(words()).toContain('one: the next attempt is in 0.5 s'));
    await until(async () => expect(textOf(await call('echo', { a: 1 }))).toBe('{"a":1}'));
    const outcomes = place
      .audit()
      .flatMap(({ action, details }) =>
        action === 'gateway.call.finished' ? [(details as { outcome: string }).outcome] : [],
      );
    expect(outcomes[0]).toBe('no_answer');
    await close();
  });

  it('of 2025 that ends at any request before `initialize` is connected to by the protocol of 2025', async () => {
    place.write('once.json', { mcpServers: { once: faulty('once') } });
    const { call, close } = await start(options('allow.json', 'once.json'), place.folder);
    expect(textOf(await call('echo', { a: 1 }))).toBe('{"a":1}');
    await close();
  });

  it('that answers with an error is passed on as what it is, and nothing shows its secrets', async () => {
    const { call, words, close } = await start(options('allow.json', 'one.json'), place.folder);
    await expect(call('fail')).rejects.toMatchObject({
      code: -32_050,
      message: 'quota used up for [secret]',
      data: { left: 0, '[secret]': [{ key: 'k-[secret]' }] },
    });
    expect(textOf(await call('leak'))).toBe('said');
    await until(() => expect(words()).toContain('one says: key [secret] ⟨U+001B⟩[31mred'));
    expect(words()).not.toContain('hunter2');
    expect(words()).not.toContain('\u001b');
    await close();
  });
});

describe('it ends, and its servers with it', () => {
  const slow = (marker: string): string => {
    place.write(`${marker}.json`, { mcpServers: { slow: faulty('slow', place.at(`never-${marker}`)) } });
    return `${marker}.json`;
  };

  it.each(['SIGTERM', 'input'] as const)('during start-up, by %s', async (end) => {
    const gateway = raw(options('allow.json', slow(`start-${end}`)));
    await until(() => expect(serversOf(`never-start-${end}`)).toHaveLength(1));
    if (end === 'SIGTERM') gateway.child.kill('SIGTERM');
    else gateway.child.stdin.end();
    expect(await gateway.ended).toBe(0);
    await until(() => expect(serversOf(`never-start-${end}`)).toEqual([]));
  });

  it('with 2 where the port is in use', async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as AddressInfo;
    const gateway = raw([...options('allow.json', slow('port')), '--port', String(port)]);
    expect(await gateway.ended).toBe(2);
    expect(gateway.words()).toContain(`cannot serve on port ${String(port)}`);
    await until(() => expect(serversOf('never-port')).toEqual([]));
    taken.close();
  });

  it('while a call is under way', async () => {
    const gateway = raw(options('allow.json', 'one.json'));
    gateway.read();
    gateway.send(INITIALIZE, callOf(1, 'hang'));
    await until(() => expect(existsSync(place.at('audit.ndjson')) && place.audit().length).toBe(2));
    gateway.child.kill('SIGTERM');
    expect(await gateway.ended).toBe(0);
    // It may have happened: the client did not take it back.
    expect(place.audit().at(-1)).toMatchObject({ action: 'gateway.call.finished', details: { outcome: 'no_answer' } });
  });

  it('with 1 where no server can be reached, and does not say that it serves', async () => {
    place.write('gone.json', { mcpServers: { gone: { command: process.execPath, args: ['-e', 'process.exit(3)'] } } });
    const gateway = raw(options('allow.json', 'gone.json'));
    expect(await gateway.ended).toBe(1);
    expect(gateway.words()).toMatch(
      /^the server `gone` cannot be reached: .*\nno server can be reached: the gateway ends\n$/,
    );
  });
});
