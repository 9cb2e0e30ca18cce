// An MCP server over stdio whose tools change, and that can fall over: for tests.
import { Server } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

const names = ['grow', 'fall'];

serveStdio(() => {
  const server = new Server({ name: 'changing', version: '1' }, { capabilities: { tools: { listChanged: true } } });
  server.setRequestHandler('tools/list', () => ({
    tools: names.map((name) => ({ name, inputSchema: { type: 'object' } })),
  }));
  server.setRequestHandler('tools/call', async ({ params }) => {
    if (params.name === 'fall') process.exit(3);
    names.push(`grown_${names.length}`);
    await server.sendToolListChanged();
    return { content: [{ type: 'text', text: 'grown' }] };
  });
  return server;
});
