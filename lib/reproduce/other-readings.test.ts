import { expect, it } from 'vitest';
import { callId, compilePolicy, decideRow, fillPolicy, ruleId, type GatewayProfile } from '../engine';
import type { ImportedCall } from '../trace';
import { reproduceCall } from './reproduce';

const CONDITIONS: { readonly [tool: string]: string } = {
  sum: 'request.args.n + 1 == 3',
  night: 'request.time.getHours() < 6',
  text: 'request.args.text',
};
const policy = fillPolicy({
  rules: Object.entries(CONDITIONS).map(([tool, condition]) => ({
    id: ruleId(tool),
    name: tool,
    effect: tool === 'text' ? ('gated' as const) : ('allow' as const),
    tools: [tool],
    condition,
  })),
});
const callOf = (tool: string): ImportedCall => ({
  id: callId(tool),
  time: '2026-11-22T22:30:00Z',
  tool: { name: tool },
  args: { n: 2, text: 'x' },
  recorded: { effect: 'allow' },
});

it.each<[string, GatewayProfile]>([
  ['sum', { numbers: 'int' }],
  ['night', { 'time-zone': '+02:00' }],
])('names the reading of a gateway that decides %s otherwise', async (tool, expected) => {
  const { verdict, causes } = await reproduceCall(await compilePolicy(policy), callOf(tool));
  expect(verdict).toBe('diverged');
  const found = causes.flatMap((cause) => (cause.kind === 'reading' ? [{ [cause.reading]: cause.value }] : []));
  expect(found).toEqual([expected]);
});

it('finds nothing where the policy is decided by the profile of that gateway', async () => {
  const readings: GatewayProfile = { numbers: 'int', 'time-zone': '+02:00' };
  const compiled = await compilePolicy({ ...policy, settings: { ...policy.settings, readings } });
  for (const tool of ['sum', 'night']) expect((await reproduceCall(compiled, callOf(tool))).verdict).toBe('reproduced');
  expect(decideRow(compiled, callOf('text')).effect).toBe('deny');
});
