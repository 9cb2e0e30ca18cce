import { expect, it } from 'vitest';
import { run } from './testdata/harness';

const rule = (effect: string): object => ({ id: 'r', name: 'Refunds', effect, tools: ['create_refund'] });
const bundle = (effect: string): string =>
  JSON.stringify({ format: 'policy-bundle', version: 1, name: 'Desk', rules: [rule(effect)] });
const call = JSON.stringify({
  id: 'c1',
  timestamp: '2026-03-02T11:00:00Z',
  action: 'gateway.tool.executed',
  details: { mcpServer: 'shop', toolName: 'create_refund', policyEffect: 'allow' },
});
const change = JSON.stringify({
  id: 'e1',
  timestamp: '2026-03-02T12:00:00Z',
  action: 'policy.updated',
  actor: { id: 'ada@example.com' },
  details: { ruleId: 'r', before: rule('allow'), after: rule('deny') },
});

it('bisects the versions of a file', async () => {
  const { code, out, err } = await run(['bisect', 'v', 'log'], {
    v: `${bundle('allow')}\n${bundle('deny')}`,
    log: call,
  });
  expect(code).toBe(0);
  expect(out).toContain(
    'allowed by rule 1, `Refunds` before, denied by rule 1, `Refunds` since\n  changed rule 1, `Refunds`: effect',
  );
  expect(err).toContain('2 versions: the decision turned once');
});

it('bisects the history that the log itself records, for one policy', async () => {
  const { code, out, err } = await run(['bisect', 'p', 'log'], { p: bundle('deny'), log: `${call}\n${change}\n` });
  expect([code, err]).toEqual([0, expect.stringContaining('2 versions: the decision turned once')]);
  expect(out).toContain('since 2026-03-02T12:00:00.000Z: allowed by rule 1');
});

it('says which version is not valid', async () => {
  const { code, err } = await run(['bisect', 'v', 'log'], {
    v: `${bundle('allow')}\n{"format":"policy-bundle"}`,
    log: call,
  });
  expect([code, err]).toEqual([1, expect.stringContaining('version 2: ')]);
});
