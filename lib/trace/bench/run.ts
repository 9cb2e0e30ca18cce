/**
 * `npm run bench -- replay`: how long a replay takes, and how long other engines take for the same decisions, side by side in one run.
 *
 * Time is the processor's, not the clock's, of one process: what else the machine does counts for little. Each engine decides in turn,
 * warmed up for equally long. Environment: `BENCH_CALLS`, `BENCH_RULES`, `BENCH_SECONDS` (an engine that has used as much stops there; what it took for
 * a call is what it took for those that it decided), `BENCH_ONLY` (`sides` or `scale`), `BENCH_WRITE` (writes the policies).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { CASBIN } from './casbin';
import { CEDAR } from './cedar';
import { CEL_JS, CEL_JS_CONDITIONS } from './cel-js';
import { companyRequests, companyRules } from './company';
import type { Contender } from './contender';
import { JSON_RULES } from './json-rules';
import { measured, print, target, type Target } from './measure';
import { OURS } from './ours';
import { scaleTargets } from './scale';

const given = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const CALLS = given('BENCH_CALLS', 100_000);
const RULES = given('BENCH_RULES', 300);
const SECONDS = given('BENCH_SECONDS', 60);
const ONLY = process.env['BENCH_ONLY'];
const WARM_MS = 3000;
/** So many calls between looks at the time. */
const STRIDE = 500;
const OTHERS: readonly Contender[] = [CEL_JS, CEL_JS_CONDITIONS, CEDAR, CASBIN, JSON_RULES];

const targets: Target[] = [];
if (ONLY !== 'scale') targets.push(...(await sideBySide()));
if (ONLY !== 'sides') targets.push(...(await scaleTargets()));
print('\nTargets\n');
for (const { words, reached } of targets) print(`${reached ? 'reached ' : 'MISSED  '} ${words}`);
if (targets.some(({ reached }) => !reached)) process.exitCode = 1;

async function sideBySide(): Promise<Target[]> {
  const rules = companyRules(RULES);
  const requests = companyRequests(CALLS);
  print(
    `\nThe same decisions, side by side: ${RULES} rules, a third with conditions, over ${CALLS.toLocaleString('en')} calls\n`,
  );
  print(
    '| engine | rules that it can express | calls decided | µs a call | this engine on the same rules, µs a call | times faster |',
  );
  print('| --- | --- | --- | --- | --- | --- |');
  const found: Target[] = [];
  for (const other of OTHERS) {
    const part = rules.filter((rule) => other.expresses(rule));
    const { files, load } = await other.prepare(part);
    publish(files);
    const theirs = await timed(load(requests));
    const ours = await oursOn(part);
    const wrong = theirs.verdicts.findIndex((verdict, i) => verdict !== ours.verdicts[i]);
    if (wrong >= 0) throw new Error(`${other.name} decides ${requests[wrong]?.id ?? ''} otherwise`);
    const [a, b] = [theirs.ms / theirs.verdicts.length, ours.ms / ours.verdicts.length].map((ms) => ms * 1000);
    const times = (a ?? NaN) / (b ?? NaN);
    const decided = theirs.verdicts.length.toLocaleString('en');
    print(
      `| ${other.name} | ${part.length} of ${rules.length} | ${decided}, all alike | ${a?.toFixed(1)} | ${b?.toFixed(2)} | ${times.toFixed(0)} |`,
    );
    if (other !== CEL_JS_CONDITIONS)
      found.push(target(`at least 20 times faster than ${other.name}: ${times.toFixed(1)}`, times >= 20));
  }
  return found;

  async function oursOn(part: typeof rules) {
    const warm = (await OURS.prepare(part)).load(requests);
    await warmUp(warm);
    const { files, load } = await OURS.prepare(part);
    publish(files);
    const decide = load(requests);
    // In one go, as a replay is: what it remembers of calls it learns within what is measured.
    const { ms, value } = await measured(() => decide(0, requests.length));
    return { ms, verdicts: value };
  }
}

async function warmUp(decide: (from: number, to: number) => Promise<boolean[]> | boolean[]): Promise<void> {
  for (let spent = 0, at = 0; spent < WARM_MS; at = (at + STRIDE) % CALLS)
    spent += (await measured(() => decide(at, Math.min(at + STRIDE, CALLS)))).ms;
}

async function timed(decide: (from: number, to: number) => Promise<boolean[]> | boolean[]) {
  await warmUp(decide);
  const verdicts: boolean[] = [];
  let ms = 0;
  for (let at = 0; at < CALLS && ms < SECONDS * 1000; at += STRIDE) {
    const part = await measured(() => decide(at, Math.min(at + STRIDE, CALLS)));
    ms += part.ms;
    verdicts.push(...part.value);
  }
  return { ms, verdicts };
}

/** The policies of the run, to be read beside the figures. */
function publish(files: Readonly<Record<string, string>>): void {
  if (process.env['BENCH_WRITE'] === undefined) return;
  const folder = new URL('./policies/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(new URL(name, folder), text);
}
