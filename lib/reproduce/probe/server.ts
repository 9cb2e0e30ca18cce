import { PROBES } from './kit';

/** The server of the kit, as a program for Node 18 and later without dependencies: it speaks MCP over stdio, and its tools only answer. */
export function probeServer(): string {
  const tools = PROBES.map(({ tool, args }) => ({
    name: tool,
    description: 'Answers, and does nothing else.',
    annotations: { readOnlyHint: true },
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(args).map(([name, value]) => [name, { type: typeof value === 'number' ? 'number' : 'string' }]),
      ),
    },
  }));
  return `// The server of the probe kit: an MCP server over stdio whose tools answer and do nothing else. Start it with: node probe-server.mjs
import { createInterface } from 'node:readline';

const tools = ${JSON.stringify(tools, null, 2)};

const results = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'policy-probe', version: '1' },
  }),
  ping: () => ({}),
  'tools/list': () => ({ tools }),
  'tools/call': ({ name }) => ({ content: [{ type: 'text', text: name + ' answered' }] }),
};

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const { id, method, params = {} } = JSON.parse(line);
  if (id === undefined) continue;
  const answer = Object.hasOwn(results, method)
    ? { result: results[method](params) }
    : { error: { code: -32601, message: 'There is no such method' } };
  process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, ...answer }) + '\\n');
}
`;
}

/** How the kit is used, in Markdown. */
export function probeInstructions(): string {
  const rows = PROBES.map(({ tool, args }) => `| \`${tool}\` | \`${JSON.stringify(args)}\` |`);
  return `# Probe kit

It measures how a gateway reads what its vendor leaves open. No call changes anything: the tools belong to a small server that only
answers, and half of the calls are denied.

1. Register the server \`probe-server.mjs\` (\`node probe-server.mjs\`, MCP over stdio) in the gateway under the slug \`policy-probe\`.
2. Put the rules of \`probe.policy.json\` at the top of the organization's policy, in their order, best in a test organization. They
   concern that server alone; remove them afterwards.
3. Through the gateway, call each tool of this table once with these arguments. The order does not matter.
4. Export the audit log of these calls, and give it to the page \`reproduce/\` or to \`policy probe LOG\`.

The time zone that is found is the gateway's offset from UTC at the time of the calls. Where its clock changes with the season, write the
name of its zone instead (\`"time-zone": "Europe/Berlin"\`).

| Tool | Arguments |
| ---- | --------- |
${rows.join('\n')}
`;
}
