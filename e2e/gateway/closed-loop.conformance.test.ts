/** What the gateway decided live, a replay of its own log decides again: in both eras of the protocol, over both transports. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { readFileSync, rmSync } from 'node:fs';
import { afterAll, expect, it, vi } from 'vitest';
import { run } from '../../lib/cli/testdata/harness';
import type { Hazard, DecisionRow } from '../../lib/engine';
import { FAULT_SERVER, LAUNCHER, newPlace, serve } from './testdata/started';

vi.setConfig({ testTimeout: 180_000 });

const place = newPlace();
afterAll(place.remove);

const POLICY = JSON.stringify({
  format: 'policy-bundle',
  version: 1,
  name: 'Loop',
  rules: [
    { id: 'secret', name: '', effect: 'deny', tools: ['*'], condition: 'request.args.text.contains("secret")' },
    { id: 'small', name: '', effect: 'gated', tools: ['echo'], condition: 'request.args.n <= 5' },
    { id: 'ana', name: '', effect: 'allow', scope: { users: ['ana@acme.example'] }, tools: ['leak'] },
    { id: 'echo', name: '', effect: 'allow', scope: { agents: ['cursor'] }, tools: ['echo', 'nothing'] },
  ],
});
const CALLS: readonly (readonly [string, Record<string, unknown>])[] = [
  ['echo', { n: 1, text: 'a' }],
  ['echo', { n: 9, text: 'a' }],
  ['echo', { n: 9, text: 'a secret' }],
  ['echo', { text: 5 }],
  ['echo', {}],
  ['leak', { text: 'a' }],
  ['nothing', { text: 'a' }],
  ['fail', { text: 'a' }],
];

interface DecisionEntry {
  readonly id: string;
  readonly action: string;
  readonly details: {
    readonly policyEffect: string;
    readonly policyRuleId: string | null;
    readonly hazards: readonly Hazard[];
  };
  readonly call: { readonly instance: { readonly client: object } };
}

place.write('loop.json', POLICY);
place.write('servers.json', { mcpServers: { fault: { command: process.execPath, args: [FAULT_SERVER] } } });
const args = ['--policy', 'loop.json', '--servers', 'servers.json', '--audit', 'audit.ndjson', '--agent', 'cursor'];

it.each([
  ['stdio', 'legacy', '2025-11-25'],
  ['stdio', 'auto', '2026-07-28'],
  ['http', 'legacy', '2025-11-25'],
  ['http', 'auto', '2026-07-28'],
] as const)('over %s, %s: every decision is reproduced', async (transport, mode, protocolVersion) => {
  const client = new Client({ name: 'loop', version: '7' }, { versionNegotiation: { mode } });
  const served = transport === 'http' ? await serve([...args, '--port', '0'], place.folder) : undefined;
  await client.connect(
    served === undefined
      ? new StdioClientTransport({
          command: process.execPath,
          args: [LAUNCHER, ...args],
          cwd: place.folder,
          env: getDefaultEnvironment(),
          stderr: 'ignore',
        })
      : new StreamableHTTPClientTransport(new URL(served.url)),
  );
  expect(client.getProtocolEra()).toBe(mode === 'legacy' ? 'legacy' : 'modern');
  await client.listTools();
  for (const [name, given] of CALLS) await client.callTool({ name, arguments: given }).catch(() => undefined);
  await client.close();
  if (served !== undefined) {
    const ended = new Promise((done) => served.child.once('exit', done));
    served.child.kill('SIGTERM');
    await ended;
  }

  const log = readFileSync(place.at('audit.ndjson'), 'utf8');
  rmSync(place.at('audit.ndjson'));
  const entries = log
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as DecisionEntry]))
    .filter(({ action }) => action === 'gateway.tool.executed');
  const replayed = await run(['replay', 'loop.json', 'audit.ndjson', '--json'], {
    'loop.json': POLICY,
    'audit.ndjson': log,
  });
  const rows = replayed.out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as DecisionRow]));
  expect(entries).toHaveLength(CALLS.length);
  expect(
    rows.map(({ id, effect, decidedBy, hazards }) => ({
      id,
      effect: effect === 'allow' ? 'allow' : 'deny',
      rule: 'ruleId' in decidedBy ? decidedBy.ruleId : null,
      hazards,
    })),
  ).toEqual(
    entries.map(({ id, details }) => ({
      id,
      effect: details.policyEffect,
      rule: details.policyRuleId,
      hazards: details.hazards,
    })),
  );
  expect(new Set(entries.map(({ details }) => details.policyEffect))).toEqual(new Set(['allow', 'deny']));
  expect(entries.some(({ details }) => details.hazards.length > 0)).toBe(true);
  for (const { call } of entries) expect(call.instance.client).toEqual({ name: 'loop', version: '7', protocolVersion });
});
