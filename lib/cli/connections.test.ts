import { expect, it } from 'vitest';
import { run } from './testdata/harness';

const policy = JSON.stringify({
  format: 'policy-bundle',
  version: 1,
  name: 'Shop',
  rules: [{ id: 'read', name: 'Read', effect: 'allow', tools: ['get_*'] }],
});
const connection = (allowedTools: readonly string[]): string =>
  JSON.stringify({
    id: 'e1',
    timestamp: '2026-03-02T10:00:00Z',
    action: 'gateway.instance.connected',
    actor: { type: 'agent', id: 'codex' },
    details: { allowedTools, deniedTools: ['drop'] },
  });

it('reproduces what a log lists for an instance that connects', async () => {
  const { code, out } = await run(['reproduce', 'p', 'log'], { p: policy, log: connection(['get_order']) });
  expect([code, out]).toEqual([0, 'Connection of codex at 2026-03-02T10:00:00Z: 2 of 2 tools as listed\n']);
});

it('says where the policy gives something else', async () => {
  const files = { p: policy, log: connection(['get_order', 'create_refund']) };
  const { code, out } = await run(['reproduce', 'p', 'log'], files);
  expect(code).toBe(1);
  expect(out).toContain(
    '2 of 3 tools as listed\n  - diverged: `create_refund`: listed as allowed; the policy gives denied',
  );
  const { out: json } = await run(['reproduce', 'p', 'log', '--json'], files);
  expect(JSON.parse(json)).toMatchObject({ connection: 'e1', tools: [{ tool: 'create_refund', verdict: 'diverged' }] });
});
