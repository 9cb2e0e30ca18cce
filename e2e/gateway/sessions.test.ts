import { Server } from '@modelcontextprotocol/server';
import { describe, expect, it, vi } from 'vitest';
import { MAX_SESSIONS, Sessions } from './sessions';

vi.setConfig({ testTimeout: 60_000 });

const URL_OF_MCP = 'http://127.0.0.1/mcp';
const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
};

function opened() {
  const sessions = new Sessions(() => new Server({ name: 's', version: '1' }, { capabilities: { tools: {} } }));
  const post = (body: object, id?: string): Promise<Response> =>
    sessions.fetch(
      new Request(URL_OF_MCP, { method: 'POST', headers: { ...HEADERS, ...(id ? { 'mcp-session-id': id } : {}) } }),
      body,
    );
  return {
    sessions,
    /** Opens a session, reads its answer, and gives its id. */
    begin: async () => {
      const response = await post(INITIALIZE);
      await response.text();
      return { id: response.headers.get('mcp-session-id') ?? '', status: response.status };
    },
    ping: async (id: string) => (await post({ jsonrpc: '2.0', method: 'notifications/initialized' }, id)).status,
    /** The stream that a client keeps open for notifications. */
    listen: (id: string) =>
      sessions.fetch(
        new Request(URL_OF_MCP, { headers: { accept: 'text/event-stream', 'mcp-session-id': id } }),
        undefined,
      ),
  };
}

describe('sessions', () => {
  it('make room by the one that was unused for longest, and never by one in use', async () => {
    const { begin, ping, listen, sessions } = opened();
    const ids: string[] = [];
    for (let n = 0; n < MAX_SESSIONS; n++) ids.push((await begin()).id);
    const [listening = '', used = '', unused = ''] = ids;
    const stream = await listen(listening);
    expect(await ping(used)).toBe(202);
    const more = await begin();
    expect(more.status).toBe(200);
    expect([await ping(unused), await ping(listening), await ping(used), await ping(more.id)]).toEqual([
      404, 202, 202, 202,
    ]);
    await stream.body?.cancel();
    await sessions.close();
  });

  it('refuse another where all are in use', async () => {
    const { begin, listen, sessions } = opened();
    const streams: Response[] = [];
    for (let n = 0; n < MAX_SESSIONS; n++) streams.push(await listen((await begin()).id));
    expect((await begin()).status).toBe(503);
    await streams[0]?.body?.cancel();
    expect((await begin()).status).toBe(200);
    await sessions.close();
  });
});
