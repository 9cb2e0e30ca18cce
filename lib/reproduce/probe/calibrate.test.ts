import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePolicy, decideRow, gateOnFalse, READING_CHOICES, type GatewayProfile } from '../../engine';
import type { ImportedCall } from '../../trace';
import { ProbeLog } from './calibrate';
import { PROBES, probeCall, probePolicy } from './kit';
import { probeServer } from './server';

/** What a gateway with a profile records of the kit's calls. */
async function recorded(readings: GatewayProfile, time = '2026-11-22T23:10:05Z'): Promise<ImportedCall[]> {
  const { rules, settings } = probePolicy();
  const compiled = await compilePolicy({ rules, settings: { ...settings, readings } });
  return PROBES.map((probe) => {
    const call = probeCall(probe, time);
    const { effect } = decideRow(compiled, call);
    if (effect === 'conditional') throw new Error(`${probe.tool} is not decided`);
    return { ...call, recorded: { effect } };
  });
}

function calibrated(calls: readonly ImportedCall[]) {
  const log = new ProbeLog();
  for (const call of calls) log.add(call);
  return log.calibrate();
}

/** Beside these, a condition without a boolean makes no difference. */
const isHidden = (profile: GatewayProfile): boolean =>
  profile['error-skips'] === 'skip' && gateOnFalse({ gatedWhenFalse: 'continue', readings: profile }) === 'continue';

const OFFSETS = ['UTC', '+05:30', '-12:00', '+14:00', '-03:30', '+00:15', '+12:45', '-00:15'];

describe('the log of the probe kit', () => {
  const profiles = fc.record({
    ...Object.fromEntries(Object.entries(READING_CHOICES).map(([name, values]) => [name, fc.constantFrom(...values)])),
    'time-zone': fc.constantFrom(...OFFSETS),
  }) as fc.Arbitrary<GatewayProfile>;
  const times = fc.constantFrom('2026-11-22T23:10:05Z', '2026-01-01T00:00:00Z', '2027-02-28T12:59:59Z');

  it('shows exactly the profile of its gateway', async () => {
    await fc.assert(
      fc.asyncProperty(profiles, times, async (profile, time) => {
        const { readings, open, contradictions, control } = await calibrated(await recorded(profile, time));
        const { 'non-boolean': _hidden, ...seen } = profile;
        expect({ readings, open, contradictions, control }).toEqual({
          readings: isHidden(profile) ? seen : profile,
          open: isHidden(profile) ? [{ reading: 'non-boolean', missing: [] }] : [],
          contradictions: [],
          control: 'passed',
        });
      }),
      { numRuns: 25 },
    );
  });

  it('leaves open what it has no call for', async () => {
    const all = await recorded({ gatedWhenFalse: 'deny' });
    const some = all.filter(({ tool }) => tool?.name !== 'probe_star/deep' && tool?.name !== 'probe_zone_4');
    const { readings, open, probed } = await calibrated(some);
    expect(open).toEqual([
      { reading: 'star', missing: ['probe_star/deep'] },
      { reading: 'time-zone', missing: ['probe_zone_4'] },
    ]);
    expect(readings).not.toHaveProperty('star');
    expect(probed).toBe(PROBES.length - 2);
  });

  it('says what contradicts every reading', async () => {
    const calls = (await recorded({})).map((call) =>
      call.tool?.name === 'probe_case' ? { ...call, recorded: { effect: 'allow' as const } } : call,
    );
    const { readings, contradictions } = await calibrated(calls);
    expect(contradictions).toEqual([
      {
        readings: ['case'],
        outcomes: [
          { tool: 'probe_case', recorded: 'allow' },
          { tool: 'probe_case_name', recorded: 'deny' },
        ],
        both: false,
      },
    ]);
    expect(readings).toMatchObject({ star: 'any-character', 'facet-or': 'any-value' });
    expect(readings).not.toHaveProperty('case');
  });

  it('says where one call was decided in both ways, or the rules of the kit did not decide', async () => {
    const calls = await recorded({});
    const star = calls.find(({ tool }) => tool?.name === 'probe_star/deep');
    if (star === undefined) throw new Error('no such probe');
    const twice = await calibrated([...calls, { ...star, recorded: { effect: 'deny' } }]);
    expect(twice.contradictions.map(({ readings, both }) => [readings, both])).toEqual([[['star'], true]]);
    const all = await calibrated(calls.map((call) => ({ ...call, recorded: { effect: 'allow' as const } })));
    expect([all.control, all.readings]).toEqual(['failed', {}]);
    expect((await calibrated([])).control).toBe('missing');
  });

  it('takes no other entry for one of its calls', async () => {
    const [call] = await recorded({});
    if (call === undefined) throw new Error('no probe');
    const others: ImportedCall[] = [
      { ...call, tool: { name: 'probe_else' } },
      { ...call, resource: { slug: 'another' } },
      { ...call, args: { further: 1 } },
      { ...call, recorded: null },
    ];
    expect(await calibrated([...others, { ...call, resource: null, args: null }])).toMatchObject({
      probed: 1,
      others: 4,
    });
  });
});

it('the server of the kit lists the tools and answers a call', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'probe-'));
  const file = join(folder, 'probe-server.mjs');
  writeFileSync(file, probeServer());
  const server = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  let out = '';
  server.stdout.on('data', (data: Buffer) => (out += data.toString()));
  const ended = new Promise((done) => server.on('close', done));
  for (const [id, method, params] of [
    [1, 'initialize', { protocolVersion: '2025-11-25' }],
    [2, 'tools/list', {}],
    [3, 'tools/call', { name: 'probe_star/deep', arguments: {} }],
  ] as const)
    server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
  server.stdin.end();
  await ended;
  rmSync(folder, { recursive: true });
  const answers = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: number; result: { tools?: { name: string }[]; content?: object[] } });
  expect(answers.map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(answers[1]?.result.tools?.map(({ name }) => name)).toEqual(PROBES.map(({ tool }) => tool));
  expect(answers[2]?.result.content).toHaveLength(1);
});
