import { describe, expect, it } from 'vitest';
import { callId, compilePolicy, decideRow, fillPolicy, ruleId, type GatewayProfile } from '../engine';
import type { ImportedCall } from '../trace';
import { reproduceCall, reproduceLog } from './reproduce';

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

describe('another entry of the same log', () => {
  const logged = async (...calls: readonly ImportedCall[]) => {
    const { notable } = await reproduceLog(policy, calls, []);
    return notable.flatMap(({ causes }) => causes.flatMap((cause) => (cause.kind === 'reading' ? [cause] : [])));
  };
  const denied: ImportedCall['recorded'] = { effect: 'deny' };

  it('refutes ints where it would then be decided otherwise', async () => {
    const [alone] = await logged(callOf('sum'));
    expect(alone).toMatchObject({ reading: 'numbers', value: 'int', contradictedBy: 0 });
    const [beside] = await logged({ ...callOf('sum'), id: callId('other'), recorded: denied }, callOf('sum'));
    expect(beside).toMatchObject({ reading: 'numbers', contradictedBy: 1 });
    expect(beside?.assumed).toBeGreaterThan(10);
  });

  it('refutes one time zone, and leaves another', async () => {
    const [alone] = await logged(callOf('night'));
    expect(alone).toMatchObject({ reading: 'time-zone', value: '+02:00', contradictedBy: 0 });
    // In +02:00 this is before six, in +07:00 it is not; both make the other call a night's one.
    const dawn: ImportedCall = {
      ...callOf('night'),
      id: callId('dawn'),
      time: '2026-11-22T22:00:00Z',
      recorded: denied,
    };
    const [beside] = await logged(dawn, callOf('night'));
    expect(beside).toMatchObject({ reading: 'time-zone', contradictedBy: 1 });
    const [left] = await logged(
      { ...callOf('night'), id: callId('noon'), time: '2026-11-22T23:00:00Z', recorded: denied },
      { ...callOf('night'), time: '2026-11-22T16:00:00Z' },
    );
    expect(left).toMatchObject({ reading: 'time-zone', value: '+08:00', contradictedBy: 0 });
  });

  it('refutes that a condition without a boolean is false', async () => {
    const erring = fillPolicy({
      rules: [
        { id: ruleId('text'), name: 'text', effect: 'deny', tools: ['*'], condition: 'request.args.text' },
        { id: ruleId('all'), name: 'all', effect: 'allow', tools: ['*'] },
      ],
      settings: { readings: { 'error-skips': 'deny' } },
    });
    const call = (id: string, effect: 'allow' | 'deny'): ImportedCall => ({
      ...callOf('text'),
      id: callId(id),
      recorded: { effect },
    });
    const causesOf = async (calls: readonly ImportedCall[]) =>
      (await reproduceLog(erring, calls, [])).notable.flatMap(({ causes }) =>
        causes.filter((cause) => cause.kind === 'reading' && cause.reading === 'non-boolean'),
      );
    expect(await causesOf([call('a', 'allow')])).toMatchObject([{ value: 'false', contradictedBy: 0 }]);
    expect(await causesOf([call('b', 'deny'), call('a', 'allow')])).toMatchObject([{ contradictedBy: 1 }]);
  });
});
