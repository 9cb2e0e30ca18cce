import { describe, expect, it } from 'vitest';
import { collectTrace } from '../collect';

const tool = (readOnlyHint: boolean) => ({
  name: 'remove',
  inputSchema: { type: 'object' },
  annotations: { readOnlyHint },
});
const request = (id: number, method: string, params: object = {}) => ({ jsonrpc: '2.0', id, method, params });
const answer = (id: number, result: object) => ({ jsonrpc: '2.0', id, result });
const list = (id: number, readOnlyHint: boolean) => [
  request(id, 'tools/list'),
  answer(id, { tools: [tool(readOnlyHint)] }),
];
const call = request(9, 'tools/call', { name: 'remove', arguments: {} });
const changed = { jsonrpc: '2.0', method: 'notifications/tools/list_changed' };

async function factsOf(messages: readonly object[]) {
  const text = messages.map((message) => JSON.stringify(message)).join('\n');
  const { calls, summary } = await collectTrace([new TextEncoder().encode(text)], { format: 'mcp' });
  return { tools: calls.map((each) => each.tool), notes: summary.notes.map(({ code }) => code) };
}

describe('lists of tools in one log', () => {
  it('lend no facts where they contradict each other without an announced change', async () => {
    expect(await factsOf([...list(1, false), ...list(1, true), call])).toEqual({
      tools: [{ name: 'remove' }],
      notes: ['mixed-session'],
    });
  });

  it('lend the facts of the later one after an announced change', async () => {
    expect(await factsOf([...list(1, false), changed, ...list(2, true), call])).toEqual({
      tools: [{ name: 'remove', title: null, annotations: { readOnlyHint: true } }],
      notes: [],
    });
  });

  it('lend their facts where they agree', async () => {
    expect(await factsOf([...list(1, true), ...list(2, true), call])).toMatchObject({
      tools: [{ annotations: { readOnlyHint: true } }],
      notes: [],
    });
  });
});

async function ofLines(lines: readonly string[], format: 'mcp' | 'native' = 'mcp') {
  const { calls, rejects, summary } = await collectTrace([new TextEncoder().encode(lines.join('\n'))], { format });
  return { calls, rejects, notes: summary.notes.map(({ code }) => code) };
}
const written = (messages: readonly object[]): string[] => messages.map((message) => JSON.stringify(message));
const listing = JSON.stringify(answer(1, { tools: [tool(true)] }));
const written9 = JSON.stringify(call);
const HINTS = { readOnlyHint: true };

describe('what differs in the words around messages separates them', () => {
  it.each([
    ['[101] ', '[202] '],
    ['[1] ', '[2] '],
    ['pid=101 ', 'pid=202 '],
    ['worker 3: ', 'worker 4: '],
    ['{"server":"alpha"} ', '{"server":"beta"} '],
    ['{"pid":101} ', '{"pid":102} '],
  ])('%j and %j', async (one, other) => {
    const { calls } = await ofLines([one + listing, one + written9, other + written9]);
    expect(calls.map((each) => each.tool?.annotations)).toEqual([HINTS, undefined]);
    if (!one.startsWith('[')) {
      const { calls: behind } = await ofLines([`${listing} ${one}`, `${written9} ${one}`, `${written9} ${other}`]);
      expect(behind.map((each) => each.tool?.annotations)).toEqual([HINTS, undefined]);
    }
    const { calls: two } = await ofLines([one + listing, other + written9]);
    expect(two.map((each) => each.tool?.annotations)).toEqual([undefined]);
  });

  it.each([
    ['a time', (i: number) => `2026-11-29 10:00:0${String(i)} [101] `],
    ['a duration', (i: number) => `[101] took ${String(7 * i)} ms `],
    ['a size', (i: number) => `[101] ${String(100 + i * i)} bytes `],
    ['the number of a message', (i: number) => `[101] message ${String(i * 3)} `],
  ])('but not %s', async (_, words) => {
    const { calls } = await ofLines([words(1) + listing, words(2) + written9]);
    expect(calls.map((each) => each.tool?.annotations)).toEqual([HINTS]);
  });

  it('nor a number that counts the messages, until it comes again', async () => {
    const session = written([
      request(0, 'initialize', { protocolVersion: '2025-11-25', clientInfo: { name: 'desk', version: '1' } }),
      answer(0, { protocolVersion: '2025-11-25', serverInfo: { name: 'files', version: '1' } }),
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      ...list(1, true),
      call,
    ]);
    const counted = session.map((line, i) => `[${String(i + 5)}] ${line}`);
    const { calls } = await ofLines(counted);
    expect(calls).toMatchObject([{ tool: { annotations: HINTS }, instance: { client: { name: 'desk' } } }]);
    const { calls: again } = await ofLines([...counted, `[5] ${written9}`]);
    expect(again.at(-1)?.tool).toEqual({ name: 'remove' });
  });
});

it('fields of server-sent events are nothing around a message', async () => {
  const [listed = '', called = ''] = [listing, written9].map((line) => `data: ${line}\n`);
  const opened = `data: ${JSON.stringify(request(0, 'initialize', { clientInfo: { name: 'desk', version: '1' } }))}\n`;
  const { calls, notes } = await ofLines([
    opened,
    `event: message\nid: a1_2\n${listed}`,
    `id: 17\nretry: 10\n${called}`,
    called,
  ]);
  expect(calls).toMatchObject([
    { tool: { annotations: HINTS }, instance: { client: { name: 'desk' } } },
    { tool: { annotations: HINTS }, instance: { client: { name: 'desk' } } },
  ]);
  expect(notes).not.toContain('listed-elsewhere');
});

it('the input that a call required is brought by its own client', async () => {
  const by = (name: string) => ({ _meta: { 'io.modelcontextprotocol/clientInfo': { name, version: '1' } } });
  const asked = (id: number, client: string, more: object = {}) =>
    request(id, 'tools/call', { name: 'remove', arguments: {}, ...by(client), ...more });
  const retry = { requestState: 's', inputResponses: { ok: { action: 'accept' } } };
  const first = [asked(1, 'ann'), answer(1, { resultType: 'input_required', requestState: 's' })];
  expect((await ofLines(written([...first, asked(2, 'ann', retry)]))).calls).toHaveLength(1);
  expect((await ofLines(written([...first, asked(2, 'bob', retry)]))).calls).toHaveLength(2);
});

describe('a comma behind the value of a line', () => {
  const calls = ['a', 'b', 'c'].map((name, id) => JSON.stringify(request(id, 'tools/call', { name, arguments: {} })));
  const native = ['a', 'b', 'c'].map((id) => JSON.stringify({ id, tool: { name: id } }));
  it.each([
    ['mcp', calls],
    ['native', native],
  ] as const)('is passed over: %s', async (format, lines) => {
    for (const comma of [',', ', ', ',\r']) {
      const read = await ofLines(
        lines.map((line) => line + comma),
        format,
      );
      expect(read.calls.map((each) => each.tool?.name)).toEqual(['a', 'b', 'c']);
      expect(read.rejects).toEqual([]);
      const broken = await ofLines(['{"broken"', ...lines.map((line) => line + comma)], format);
      expect(broken.calls).toHaveLength(3);
      expect(broken.rejects).toHaveLength(1);
    }
  });
});
