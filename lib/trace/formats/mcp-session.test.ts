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
