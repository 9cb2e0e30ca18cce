// The same calls and rules as the engine's own benchmark has, with arguments of the length that is asked for, and tests of such calls.
import { createWriteStream, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cacheFolder, root } from '../../lib/run.mjs';

const ARGUMENT_BYTES = 300;
const AT_ONCE = 20_000;

/** Writes a trace and a policy to the folder. Answers their paths and how many bytes of arguments a call has on average. */
export async function writeWorkload(folder, { calls, rules, tests }) {
  const outfile = join(cacheFolder, 'bench', 'workload.mjs');
  await build({
    entryPoints: [join(root, 'lib/engine/bench/workload.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
  const { callsOf, policyOf } = await import(pathToFileURL(outfile).href);
  const trace = join(folder, 'million.ndjson');
  const stream = createWriteStream(trace);
  let bytes = 0;
  for (let from = 0; from < calls; from += AT_ONCE) {
    let text = '';
    for (const [i, call] of callsOf(Math.min(AT_ONCE, calls - from), from + 2).entries()) {
      const place = from + i;
      const args = { ...call.args, note: '' };
      args.note =
        'x'.repeat(Math.max(0, ARGUMENT_BYTES - JSON.stringify(args).length)) + (place % 1_000 === 7 ? ' needle' : '');
      bytes += JSON.stringify(args).length;
      const time = new Date(Date.UTC(2026, 10, 1) + place * 1_000).toISOString();
      text += `${JSON.stringify({ ...call, id: `c${place}`, time, args })}\n`;
    }
    if (!stream.write(text)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  const policy = join(folder, 'rules.policy.json');
  const bundle = {
    format: 'policy-bundle',
    version: 1,
    name: 'Three hundred rules',
    ...policyOf(rules),
    tests: callsOf(tests, 7).map((call, i) => ({ name: `Test ${i + 1}`, call, expect: { effect: 'deny' } })),
  };
  writeFileSync(policy, JSON.stringify(bundle));
  return { trace, policy, bytes: bytes / calls };
}
