// An MCP server over stdio that requires a confirmation of the client before it does what it is asked for: for tests.
import { inputRequired, Server } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

const requestedSchema = { type: 'object', properties: { sure: { type: 'boolean' } }, required: ['sure'] };

serveStdio(() => {
  const server = new Server({ name: 'asking', version: '1' }, { capabilities: { tools: {} } });
  server.setRequestHandler('tools/list', () => ({ tools: [{ name: 'delete_project', inputSchema: { type: 'object' } }] }));
  server.setRequestHandler('tools/call', ({ params }, { mcpReq }) => {
    if (mcpReq.inputResponses === undefined)
      return inputRequired({
        inputRequests: { confirm: inputRequired.elicit({ message: 'Delete it?', requestedSchema }) },
        requestState: `state of ${params.arguments.project}`,
      });
    const text = JSON.stringify([params.arguments, mcpReq.inputResponses, mcpReq.requestState()]);
    return { content: [{ type: 'text', text }] };
  });
  return server;
});
