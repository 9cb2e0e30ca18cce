// An MCP server over stdio with faults, for tests. The arguments choose: `slow FILE` answers nothing until FILE exists;
// `once` ends at any request before `initialize`, as some servers of 2025 do.
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [kind, file] = process.argv.slice(2);
const tools = ['echo', 'large', 'fail', 'die', 'hang', 'leak', 'odd', 'endless', 'late'].map((name) => ({ name, inputSchema: { type: 'object' } }));

const write = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const text = (id, words) => write({ id, result: { content: [{ type: 'text', text: words }] } });

const calls = {
  echo: (id, args) => text(id, JSON.stringify(args)),
  large: (id) => text(id, 'x'.repeat(11 * 1024 * 1024)),
  fail: (id) => write({ id, error: { code: -32050, message: `quota used up for ${process.env.KEY ?? ''}`, data: { left: 0, [process.env.KEY]: [{ key: `k-${process.env.KEY}` }] } } }),
  // An answer that JSON-RPC or MCP does not allow.
  odd: (id, { answer }) => write({ id, ...answer }),
  endless: () => process.stdout.write('x'.repeat(11 * 1024 * 1024)),
  // Too large, and which request it answers is at its end.
  late: (id) => process.stdout.write(`{"jsonrpc":"2.0","result":{"text":"${'x'.repeat(11 * 1024 * 1024)}"},"id":${id}}\n`),
  die: () => process.exit(3),
  hang: () => undefined,
  leak: (id) => {
    process.stderr.write(`key ${process.env.KEY ?? ''} \u001b[31mred\n`);
    text(id, 'said');
  },
};

function answer({ id, method, params }) {
  if (id === undefined) return;
  if (method === 'initialize')
    write({ id, result: { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'fault', version: '1' } } });
  else if (method === 'tools/list') write({ id, result: { tools } });
  else if (method === 'tools/call') calls[params.name](id, params.arguments);
  else if (kind === 'once') process.exit(4);
  else write({ id, error: { code: -32601, message: 'unknown method' } });
}

const waiting = [];
const ready = () => kind !== 'slow' || existsSync(file);
createInterface({ input: process.stdin }).on('line', (line) => waiting.push(JSON.parse(line)));
process.stdin.on('end', () => process.exit());
setInterval(() => ready() && waiting.splice(0).forEach(answer), 5);
