// `npm run fuzz -- [--grown] [--seconds N] [--runs N] [--seed S]`: random and mutated expressions through all of lib/cel; with `--grown`,
// random conditions over values that grow.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { register } from 'tsx/esm/api';

const { values } = parseArgs({
  options: {
    grown: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
    runs: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const [seconds, runs, seed] = [values.seconds, values.runs, values.seed].map(Number);
if ([seconds, runs, seed].some((number) => Number.isNaN(number) || number < 0)) {
  console.error('usage: npm run fuzz -- [--grown] [--seconds N] [--runs N] [--seed S]');
  process.exit(2);
}

const unregister = register();
const { fuzz } = await import(new URL('../lib/cel/fuzz.ts', import.meta.url).href);
const { fuzzGrown } = await import(new URL('../lib/cel/fuzz-grown.ts', import.meta.url).href);
const corpus = readFileSync(new URL('../lib/cel/testdata/fuzz-corpus.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
// A slow condition is one that takes long by itself: on a busy machine the time of the process says so, not the clock.
const cpu = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;
const now = values.grown ? cpu : () => performance.now();
const started = now();
const options = { seed, runs, corpus, now, until: started + seconds * 1000 };
const report = await (values.grown ? fuzzGrown : fuzz)(options);
const took = ((now() - started) / 1000).toFixed(1);
const slowest = `${report.slowest.milliseconds.toFixed(0)} ms`;
const peak = `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB at most`;
const kinds = values.grown ? `${report.valid} valid, ${report.costly} too costly` : `${report.parsed} of them valid`;
console.log(
  `fuzz: ${report.runs} expressions, ${kinds}, in ${took} s; the slowest took ${slowest}; ${peak}; seed ${seed}`,
);
if (report.largest) console.log(`values of ${(report.largest.bytes / 1e6).toFixed(1)} MB at most`);
if (report.slowest.milliseconds > 500) console.log(`slowest: ${JSON.stringify(report.slowest.source.slice(0, 2000))}`);
if (report.failure) {
  console.error(`\nfailed (try --seed ${seed}): ${JSON.stringify(report.failure.source)}\n${report.failure.problem}`);
  process.exitCode = 1;
}
await unregister();
