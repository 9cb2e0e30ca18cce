import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { EnvelopeScan } from './envelope';
import { LineReader, type WireLine } from './lines';
import { answerTo, MAX_BATCH, MAX_MESSAGE_BYTES, readMessage, type MessageRefusal } from './message';
import { LINES_PER_TURN, StdioWire } from './stdio';

const call = (args: string, more = ''): string =>
  `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"pay","arguments":${args}}${more}}`;
const read = (text: string | Uint8Array) => readMessage(typeof text === 'string' ? Buffer.from(text) : text);

describe('a message', () => {
  it.each<[string, string, number, string]>([
    [
      'an integer beyond 2^53',
      call('{"n":9007199254740993}'),
      -32_602,
      'the argument `/n`: number `9007199254740993` would become `9007199254740992`',
    ],
    [
      'a longer one, deep inside',
      call('{"a":[{"b":-123456789012345678901}]}'),
      -32_602,
      'the argument `/a/0/b`: number `-123456789012345678901` would become `-123456789012345680000`',
    ],
    [
      'a number beyond a double',
      call('{"n":1e400}'),
      -32_602,
      'the argument `/n`: number `1e400` is beyond the range of a double',
    ],
    ['a number below a double', call('{"n":1e-400}'), -32_602, 'the argument `/n`: number `1e-400` would become `0`'],
    [
      'more digits than a double has',
      call('{"n":0.10000000000000000001}'),
      -32_602,
      'the argument `/n`: number `0.10000000000000000001` would become `0.1`',
    ],
    ['a negative zero', call('{"n":-0}'), -32_602, 'the argument `/n`: number `-0` would become `0`'],
    [
      'a negative zero with a fraction',
      call('{"n":-0.0}'),
      -32_602,
      'the argument `/n`: number `-0.0` would become `0`',
    ],
    ['a key twice', call('{"to":"ana","to":"eve"}'), -32_602, 'the argument `/to`: duplicate key `to`'],
    [
      'a key twice, written otherwise',
      call('{"o":{"to":1,"\\u0074o":2}}'),
      -32_602,
      'the argument `/o/to`: duplicate key `to`',
    ],
    [
      '`__proto__`',
      call('{"__proto__":{"admin":true}}'),
      -32_602,
      'the argument `/__proto__`: the key `__proto__` is not passed on',
    ],
    [
      '`__proto__` deep inside',
      call('{"a":[{"__proto__":1}]}'),
      -32_602,
      'the argument `/a/0/__proto__`: the key `__proto__` is not passed on',
    ],
    [
      'half a surrogate pair',
      call('{"s":"\\ud800"}'),
      -32_602,
      'the argument `/s`: lone surrogate `\\ud800` in `\\ud800`',
    ],
    [
      'its arguments twice',
      call('{}', ',"params":{"name":"steal"}'),
      -32_600,
      '`/params` of the message: duplicate key `params`',
    ],
    ['too many levels', call(`${'['.repeat(200)}${']'.repeat(200)}`), -32_602, 'nested deeper than 128 levels'],
    ['a syntax error', call('{"a":}'), -32_700, 'found `}` where a value should be'],
  ])('with %s is refused, and says where', (_, text, code, reason) => {
    const message = read(text);
    if (message.ok) throw new Error('it was read');
    expect(message.refusal.reason).toContain(reason);
    expect(answerTo(message.refusal)).toEqual({
      jsonrpc: '2.0',
      id: 7,
      error: { code, message: `Refused: ${message.refusal.reason}.` },
    });
  });

  it('with bytes that are not UTF-8 is refused', () => {
    expect(read(Buffer.from(call('{"s":"\u00e9"}'), 'latin1'))).toMatchObject({
      ok: false,
      refusal: { reason: 'the message is not UTF-8', envelope: { id: 7 } },
    });
  });

  it('in a batch is named', () => {
    expect(read(`[${call('{}')},${call('{"n":-0}')}]`)).toMatchObject({
      refusal: { reason: 'the argument `/n` of message 1: number `-0` would become `0`' },
    });
  });

  it('keeps what every reader reads alike, and what is neither decided on nor forwarded', () => {
    const kept = call(
      '{"n":[0,1.50,1e2,-7,9007199254740991,9007199254740992,1e300,0.1,5e-324],"__proto":1,"s":"\u00e9 \\ud83d\\ude00"}',
      ',"x":12345678901234567890',
    );
    expect(read(kept)).toEqual({ ok: true, value: JSON.parse(kept) as unknown });
  });

  it('is read as the value that JSON.parse gives, or refused', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const message = read(call(text));
        if (message.ok) expect(JSON.stringify(message.value)).toBe(JSON.stringify(JSON.parse(call(text))));
      }),
    );
  });
});

describe('a tool call that is none by its shape', () => {
  const asked = (params: string): string => `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":${params}}`;

  it.each([
    ['null', 'the `params` of the call are null, and must be an object'],
    ['{"arguments":{}}', 'the `name` of the tool is missing, and must be a text'],
    ['{"name":["pay"]}', 'the `name` of the tool is a list, and must be a text'],
    ['{"name":"pay","arguments":null}', 'the arguments of the call of `pay` are null, and must be an object'],
    ['{"name":"pay","arguments":"{}"}', 'the arguments of the call of `pay` are a text, and must be an object'],
    [
      '{"name":"pay\\u001b[2J","arguments":[]}',
      'the arguments of the call of `pay⟨U+001B⟩[2J` are a list, and must be an object',
    ],
    ['{"name":"pay","_meta":1}', '`_meta` of the call of `pay` is a number, and must be an object'],
    [
      '{"name":"pay","_meta":{"progressToken":{}}}',
      '`progressToken` of the call of `pay` is an object, and must be a text or an integer',
    ],
    ['{"name":"pay","inputResponses":[]}', '`inputResponses` of the call of `pay` is a list, and must be an object'],
    ['{"name":"pay","requestState":1}', '`requestState` of the call of `pay` is a number, and must be a text'],
    ['{"name":"pay","task":true}', '`task` of the call of `pay` is a boolean, and must be an object'],
  ])('is refused with a sentence: %s', (params, reason) => {
    const message = read(asked(params));
    if (message.ok) throw new Error('it was read');
    expect(message.refusal).toMatchObject({ reason, envelope: { id: 7, method: 'tools/call' } });
    expect(answerTo(message.refusal)).toMatchObject({
      id: 7,
      error: { code: -32_602, message: `Refused: ${reason}.` },
    });
  });

  it('and its like of another method are left to the server', () => {
    expect(read('{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"arguments":null}}')).toMatchObject({
      ok: true,
    });
    expect(read(asked('{"name":"pay"}'))).toMatchObject({ ok: true });
  });
});

describe('an id that a double changes', () => {
  it.each([call('{}'), call('{"n":-0}')])('is not answered under another id: %s', (text) => {
    const message = read(text.replace('"id":7', '"id":9007199254740993'));
    if (message.ok) throw new Error('it was read');
    expect(answerTo(message.refusal)).toMatchObject({ id: null, error: { message: expect.any(String) as string } });
  });
});

describe('a batch', () => {
  it('is refused whole, and each request in it is answered', () => {
    const message = read(
      `[${call('{}')},${call('null').replace('"id":7', '"id":"b"')},{"jsonrpc":"2.0","method":"note"}]`,
    );
    if (message.ok) throw new Error('it was read');
    const error = {
      code: -32_602,
      message: 'Refused: the arguments of the call of `pay` are null, and must be an object (message 1).',
    };
    expect(answerTo(message.refusal)).toEqual([
      { jsonrpc: '2.0', id: 7, error },
      { jsonrpc: '2.0', id: 'b', error },
    ]);
  });

  it('of too many messages is refused', () => {
    const message = read(`[${Array.from({ length: MAX_BATCH + 1 }, () => call('{}')).join(',')}]`);
    expect(message).toMatchObject({ refusal: { reason: 'the batch has more than 1000 messages' } });
  });
});

describe('the envelope of a message', () => {
  it('is found in any pieces, wherever it is, and not in what is nested', () => {
    const id = fc.oneof(fc.integer(), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(id, fc.json(), fc.nat(20), fc.boolean(), (value, inner, cut, last) => {
        const nested = `"params":{"id":"wrong","method":"wrong","x":${inner}}`;
        const own = `"method":"a\\"b","id":${JSON.stringify(value)}`;
        const bytes = Buffer.from(last ? `{${nested}, ${own} }` : `{ ${own} ,${nested}}`);
        const scan = new EnvelopeScan();
        for (let at = 0; at < bytes.length; at += cut + 1) scan.feed(bytes.subarray(at, at + cut + 1));
        expect(scan.envelope).toEqual({ id: value, method: 'a"b' });
      }),
    );
  });

  it.each(['', '[]', '[{"id":1}]', '{"id":{"id":1}}', '{"id":null}', '}}}{"id":1', 'nonsense', '{"id":tru}', '"id":1'])(
    'is not made up from %s',
    (text) => expect(new EnvelopeScan().feed(Buffer.from(text)).envelope.id).toBeUndefined(),
  );
});

describe('lines', () => {
  const linesOf = (reader: LineReader, chunks: readonly string[]): WireLine[] =>
    chunks.flatMap((chunk) => [...reader.feed(Buffer.from(chunk))]);

  it('are the same however they are cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z\u00e9]{1,9}$/)), fc.nat(4), (lines, size) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const reader = new LineReader(100);
        const found: string[] = [];
        for (let at = 0; at < bytes.length; at += size + 1)
          for (const line of reader.feed(bytes.subarray(at, at + size + 1)))
            found.push(line.kind === 'whole' ? line.bytes.toString() : line.kind);
        expect(found).toEqual(lines);
      }),
    );
  });

  it('that are too long are not kept, and those after them are read', () => {
    const long = `{"id":3,"pad":"${'x'.repeat(50)}"`;
    const found = linesOf(new LineReader(40), [long, ',"method":"m"}', '\n{"id":4}\r\n', '\n \n', '{"id":5}\n']);
    expect(found).toEqual([
      { kind: 'too-long', envelope: { id: 3, method: 'm' } },
      { kind: 'whole', bytes: Buffer.from('{"id":4}\r') },
      { kind: 'whole', bytes: Buffer.from('{"id":5}') },
    ]);
  });
});

describe('a client over stdio', () => {
  const opened = async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const refusals: MessageRefusal[] = [];
    const messages: unknown[] = [];
    const wire = new StdioWire(input, output, (refusal) => refusals.push(refusal));
    wire.onmessage = (message) => void messages.push(message);
    await wire.start();
    let text = '';
    output.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const written = (): unknown[] => {
      return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as unknown]));
    };
    return { input, wire, refusals, messages, written };
  };
  const settled = (): Promise<unknown> => new Promise((done) => setImmediate(done));

  it('is answered where a message is refused, and goes on', async () => {
    const { input, refusals, messages, written } = await opened();
    input.write(`${call(`{"text":"${'x'.repeat(MAX_MESSAGE_BYTES)}"}`)}\n`);
    input.write('nonsense\n{"jsonrpc":"1.0","id":8,"method":"x"}\n[]\n');
    input.write(`${call('{"n":1e400}').replace('"id":7,', '')}\n`);
    input.write(`${call('{}')}\n`);
    await vi.waitFor(() => expect(refusals).toHaveLength(5), { timeout: 300_000 });
    await vi.waitFor(() => expect(messages).toHaveLength(1), { timeout: 300_000 });
    expect(messages).toEqual([JSON.parse(call('{}'))]);
    const error = (id: unknown, code: number) => ({
      jsonrpc: '2.0',
      id,
      error: { code, message: expect.stringMatching(/^Refused: /) as string },
    });
    // A notification gets no answer.
    expect(written()).toEqual([error(7, -32_600), error(null, -32_700), error(8, -32_600), error(null, -32_600)]);
    expect(refusals).toHaveLength(5);
  });

  it('that writes thousands of requests at once gets its first answers before most of them are read', async () => {
    const { input, wire, messages, written } = await opened();
    const readBeforeAnswer: number[] = [];
    const all = Array.from({ length: 3_000 }, (_, n) => `${call('{}').replace('"id":7', `"id":${String(n)}`)}\n`);
    wire.onmessage = (message) => {
      messages.push(message);
      // As an answer does that waits for a file: some turns of the event loop later.
      const after = async (): Promise<void> => {
        for (let turn = 0; turn < 6; turn++) await settled();
        readBeforeAnswer.push(messages.length);
        await wire.send({ jsonrpc: '2.0', id: (message as { id: number }).id, result: {} });
      };
      void after();
    };
    input.end(all.join(''));
    await wire.ended;
    await settled();
    expect(readBeforeAnswer[0]).toBeLessThanOrEqual(8 * LINES_PER_TURN);
    expect((written() as { id: number }[]).map(({ id }) => id)).toEqual(Array.from({ length: 3_000 }, (_, n) => n));
    expect(readBeforeAnswer).toHaveLength(3_000);
  });

  const named = (id: unknown, method = 'tools/call'): string =>
    JSON.stringify({ jsonrpc: '2.0', id, method, params: { name: 'pay', arguments: {} } });
  const result = (id: number | string) => ({ jsonrpc: '2.0' as const, id, result: {} });

  it('that sends a batch is answered by one list, when the last of its requests is', async () => {
    const { input, wire, messages, written } = await opened();
    input.write(`[${named(1)},{"jsonrpc":"2.0","method":"notifications/x"},${named('2')}]\n${named(3)}\n`);
    await settled();
    expect(messages).toHaveLength(4);
    await wire.send(result('2'));
    await wire.send(result(3));
    await settled();
    expect(written()).toEqual([result(3)]);
    await wire.send(result(1));
    await settled();
    expect(written()).toEqual([result(3), [result('2'), result(1)]]);
  });

  it('that takes back a request of a batch gets the others', async () => {
    const { input, wire, written } = await opened();
    input.write(`[${named(1)},${named(2)}]\n`);
    await settled();
    await wire.send(result(1));
    input.write('{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}\n');
    await vi.waitFor(() => expect(written()).toEqual([[result(1)]]), { timeout: 300_000 });
  });

  it('that sends a batch with what is no message is refused as a whole, request by request', async () => {
    const { input, messages, refusals, written } = await opened();
    input.write(`[${named(1)},5]\n`);
    await vi.waitFor(() => expect(refusals).toHaveLength(1), { timeout: 300_000 });
    await settled();
    expect(messages).toEqual([]);
    const error = { code: -32_600, message: 'Refused: a batch holds JSON-RPC 2.0 messages, at least one.' };
    expect(written()).toEqual([
      [
        { jsonrpc: '2.0', id: 1, error },
        { jsonrpc: '2.0', id: null, error },
      ],
    ]);
  });

  it('that ends its input gets what was answered of a batch', async () => {
    const { input, wire, written } = await opened();
    input.end(`[${named(1)},${named(2)}]\n`);
    await settled();
    await wire.send(result(1));
    await wire.close();
    await settled();
    expect(written()).toEqual([[result(1)]]);
  });

  it('gets its last answers after the end of its input', async () => {
    const { input, wire, messages, written } = await opened();
    input.end(`${call('{}')}\n`);
    await settled();
    expect(messages).toHaveLength(1);
    await wire.send({ jsonrpc: '2.0', id: 7, result: {} });
    await wire.ended;
    expect(written()).toEqual([{ jsonrpc: '2.0', id: 7, result: {} }]);
  });
});
