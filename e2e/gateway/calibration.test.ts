import { afterAll, expect, it, vi } from 'vitest';
import { readBundle } from '../../lib/bundle';
import { processIo } from '../../lib/cli';
import { run } from '../../lib/cli/testdata/harness';
import type { GatewayProfile } from '../../lib/engine';
import { loadPolicy } from './policy-source';
import { gatewayOf, tool } from './testdata/parts';
import { newPlace } from './testdata/started';

vi.setConfig({ testTimeout: 60_000 });
const place = newPlace();
afterAll(place.remove);

const OURS = {
  'facet-or': 'any-value',
  case: 'sensitive',
  star: 'any-character',
  'error-skips': 'skip',
  gatedWhenFalse: 'continue',
  numbers: 'double',
  'time-zone': 'UTC',
} as const satisfies GatewayProfile;

/** What makes no difference beside the rest is not in the profile that is found. */
const PROFILES: readonly GatewayProfile[] = [
  OURS,
  { ...OURS, 'facet-or': 'all-values' },
  { ...OURS, case: 'insensitive' },
  { ...OURS, star: 'not-slash' },
  { ...OURS, 'error-skips': 'deny', 'non-boolean': 'error' },
  { ...OURS, 'error-skips': 'deny', 'non-boolean': 'false' },
  { ...OURS, gatedWhenFalse: 'deny', 'non-boolean': 'error' },
  { ...OURS, gatedWhenFalse: 'deny', 'non-boolean': 'false' },
  { ...OURS, numbers: 'int' },
  { ...OURS, 'time-zone': '+05:30' },
  { ...OURS, 'time-zone': '-11:00' },
  { ...OURS, 'time-zone': '+13:00', case: 'insensitive', star: 'not-slash' },
  {
    'facet-or': 'all-values',
    case: 'insensitive',
    star: 'not-slash',
    'error-skips': 'deny',
    'non-boolean': 'false',
    gatedWhenFalse: 'deny',
    numbers: 'int',
    'time-zone': '-03:30',
  },
];

it('a gateway is calibrated to exactly the profile that it runs under', async () => {
  const kit = (await run(['probe', '--kit', 'kit'])).written['kit/probe.policy.json'] ?? '';
  const read = readBundle(kit);
  if (!read.ok) throw new Error('the kit is no bundle');
  const { trace = [] } = read.bundle;
  place.write('kit.json', JSON.parse(kit));
  const io = processIo(place.folder, {});
  for (const profile of PROFILES) {
    const loaded = await loadPolicy('kit.json', io, profile);
    if (!loaded.ok) throw new Error(loaded.reasons.join());
    const tools = trace.map((call) => tool(call.tool?.name ?? ''));
    const { call, log } = gatewayOf(loaded.policy, {
      servers: [{ resource: { slug: 'policy-probe', name: null, tags: [] }, tools }],
    });
    for (const one of trace) await call(one.tool?.name ?? '', one.args ?? {});
    const found = await run(['probe', 'audit.ndjson', '--json'], { 'audit.ndjson': log() });
    expect([found.code, JSON.parse(found.out)]).toEqual([
      0,
      expect.objectContaining({ readings: profile, contradictions: [], control: 'passed', probed: trace.length }),
    ]);
    const used = await run(['probe', 'audit.ndjson', '--use', 'kit.json'], { 'audit.ndjson': log(), 'kit.json': kit });
    const replayed = await run(['replay', 'used.json', 'audit.ndjson', '--expect-recorded'], {
      'used.json': used.out,
      'audit.ndjson': log(),
    });
    expect([replayed.code, replayed.err]).toEqual([0, expect.stringContaining(`${String(trace.length)} reproduced`)]);
  }
});
