/** The same decisions by each engine, each in a process of its own that decides nothing else: this one beside every other, on the same rules. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { CASBIN } from './casbin';
import { CEDAR } from './cedar';
import { CEL_JS, CEL_JS_CONDITIONS } from './cel-js';
import { companyRequests, companyRules } from './company';
import type { EngineContender, Prepared } from './contender';
import { JSON_RULES } from './json-rules';
import { recordFigure } from '../../../scripts/bench/figures.mjs';
import { measured, middle, print, target, type BenchTarget } from './measure';
import { OURS } from './ours';

const given = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const CALLS = given('BENCH_CALLS', 100_000);
const RULES = given('BENCH_RULES', 300);
const SECONDS = given('BENCH_SECONDS', 60);
const WARM_MS = 3000;
/** So many calls between looks at the time. */
const STRIDE = 500;
const PASSES = 3;
const OTHERS: readonly EngineContender[] = [CEL_JS, CEL_JS_CONDITIONS, CEDAR, CASBIN, JSON_RULES];

/** What one process measured. */
interface BenchSide {
  /** Microseconds of processor time a call. */
  readonly each: number;
  /** A digit a call, as far as it came: 1 where it is allowed. */
  readonly verdicts: string;
}

export async function sideTargets(): Promise<BenchTarget[]> {
  const rules = companyRules(RULES);
  print(
    `\nThe same decisions, side by side: ${RULES} rules, a third with conditions, over ${CALLS.toLocaleString('en')} calls\n`,
  );
  print(
    '| engine | rules that it can express | calls decided | µs a call | this engine on the same rules, µs a call | times faster |',
  );
  print('| --- | --- | --- | --- | --- | --- |');
  const found: BenchTarget[] = [];
  for (const other of OTHERS) {
    const part = rules.filter((rule) => other.expresses(rule));
    for (const one of [other, OURS]) publish((await one.prepare(part)).files);
    const theirs = inProcess(other, other);
    const ours = inProcess(OURS, other);
    const decided = theirs.verdicts.length;
    if (ours.verdicts.slice(0, decided) !== theirs.verdicts) throw new Error(`${other.name} decides otherwise`);
    const times = theirs.each / ours.each;
    recordFigure({ name: `replay: times ${other.name}`, value: times, unit: '×', better: 'higher' });
    print(
      `| ${other.name} | ${part.length} of ${rules.length} | ${decided.toLocaleString('en')}, all alike | ${theirs.each.toFixed(1)} | ${ours.each.toFixed(2)} | ${times.toFixed(0)} |`,
    );
    if (other !== CEL_JS_CONDITIONS)
      found.push(target(`at least 20 times faster than ${other.name}: ${times.toFixed(1)}`, times >= 20));
  }
  return found;
}

/** `engine`, by the rules that `other` can express. */
function inProcess(engine: EngineContender, other: EngineContender): BenchSide {
  const { stdout, status } = spawnSync(process.execPath, [process.argv[1] ?? ''], {
    env: { ...process.env, BENCH_SIDE: JSON.stringify([engine.name, other.name]) },
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`${engine.name} stopped`);
  return JSON.parse(stdout) as BenchSide;
}

/** What such a process does. */
export async function answerAsSide(): Promise<void> {
  const [name, by] = JSON.parse(process.env['BENCH_SIDE'] ?? '[]') as string[];
  const named = (wanted: string | undefined): EngineContender => {
    const found = [OURS, ...OTHERS].find((one) => one.name === wanted);
    if (!found) throw new Error(`no engine is called ${wanted ?? ''}`);
    return found;
  };
  const [engine, other] = [named(name), named(by)];
  const part = companyRules(RULES).filter((rule) => other.expresses(rule));
  print(JSON.stringify(await sideOf(engine, () => engine.prepare(part))));
}

/** Warmed up by what is measured then: all calls, up to three times, as far as the time goes. The middle pass is taken. */
async function sideOf(engine: EngineContender, prepare: () => Promise<Prepared>): Promise<BenchSide> {
  const requests = companyRequests(CALLS);
  let decide = (await prepare()).load(requests);
  // This engine decides all in one go, as a replay does, by a policy that has seen no call: what it remembers of calls it learns meanwhile.
  const stride = engine === OURS ? CALLS : STRIDE;
  const step = async (at: number) => {
    if (engine === OURS) decide = (await prepare()).load(requests);
    return measured(() => decide(at, Math.min(at + stride, CALLS)));
  };
  for (let spent = 0, at = 0; spent < WARM_MS; at = (at + stride) % CALLS) spent += (await step(at)).ms;
  const passes: number[] = [];
  let verdicts = '';
  for (let left = SECONDS * 1000; passes.length < PASSES;) {
    let text = '';
    let ms = 0;
    while (text.length < CALLS && ms < left) {
      const done = await step(text.length);
      ms += done.ms;
      text += done.value.map(Number).join('');
    }
    if (verdicts === '') verdicts = text;
    if (verdicts !== text) throw new Error(`${engine.name} decides otherwise the second time`);
    passes.push((ms / text.length) * 1000);
    left -= ms;
    // A pass that may not become whole is not begun.
    if (left < ms * 1.5) break;
  }
  return { each: middle(passes), verdicts };
}

/** The policies of the run, to be read beside the figures. */
function publish(files: Readonly<Record<string, string>>): void {
  if (process.env['BENCH_WRITE'] === undefined) return;
  const folder = new URL('./policies/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(new URL(name, folder), text);
}
