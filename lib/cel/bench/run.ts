/**
 * `npm run bench -- cel`: what a condition costs here, in a hand-written closure, and in the libraries, side by side in one run.
 *
 * Rounds are interleaved: each measures every contender for every condition in turn, so that what slows the machine slows all. Time is
 * the processor's, not the clock's, and the table has each one's lower quartile: a machine that does other things too is measured as if
 * it did not, as far as that goes.
 */
import { recordFigure } from '../../../scripts/bench/figures.mjs';
import { check } from '../check/checker';
import { parse } from '../syntax/parser';
import { printAnswers } from './answers';
import { ABSENT, CALLS, CONDITIONS, TYPICAL } from './conditions';
import { OTHERS, OURS, type Library } from './libraries';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 25);
const ROUND_MS = 6;

type BenchRun = (index: number) => unknown;

interface CelContender {
  readonly name: string;
  readonly run: BenchRun;
  readonly times: number[];
  batch: number;
}

let sink: unknown;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Nanoseconds that a call takes, over a batch of them. One function for all contenders: the call in it is as unforeseen as in real use. */
function measure(run: BenchRun, batch: number): number {
  const start = process.cpuUsage();
  for (let i = 0; i < batch; i++) sink = run(i & 3);
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1000) / batch;
}

function warm(contender: CelContender): void {
  const until = performance.now() + 60;
  while (performance.now() < until) measure(contender.run, 100);
  contender.batch = Math.max(50, Math.round((ROUND_MS * 1e6) / measure(contender.run, 5000)));
}

const quartile = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 4)] ?? NaN;

const contender = (name: string, run: BenchRun): CelContender => ({ name, run, times: [], batch: 0 });

async function contenders(source: string, closure: BenchRun | undefined): Promise<CelContender[]> {
  const of = async (library: Library): Promise<CelContender> =>
    contender(library.name, await library.prepare(source, CALLS));
  const libraries = await Promise.all([OURS, ...OTHERS].map(of));
  return closure ? [contender('closure', closure), ...libraries] : libraries;
}

const rows: { name: string; contenders: CelContender[] }[] = [];
for (const { name, source, closure } of CONDITIONS) {
  rows.push({ name, contenders: await contenders(source, (index) => closure(CALLS[index] as (typeof CALLS)[0])) });
}
rows.push({ name: ABSENT.name, contenders: await contenders(ABSENT.source, undefined) });

/** Answers to the calls; a library that answers otherwise is not timed for the condition. */
const answers = ({ run }: CelContender): string => CALLS.map((_, index) => String(run(index))).join();
for (const row of rows) {
  const [reference] = row.contenders.map(answers);
  const wrong = row.contenders.filter((each) => answers(each) !== reference);
  for (const each of wrong) print(`${each.name} answers ${answers(each)} to ${row.name}, not ${reference}`);
  row.contenders = row.contenders.filter((each) => !wrong.includes(each));
  row.contenders.forEach(warm);
}
for (let round = 0; round < ROUNDS; round++) {
  for (const { contenders: all } of rows) for (const each of all) each.times.push(measure(each.run, each.batch));
}

const of = (row: (typeof rows)[0], name: string): number =>
  quartile(row.contenders.find((each) => each.name === name)?.times ?? []);
const geometric = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

const names = ['closure', OURS.name, ...OTHERS.map((library) => library.name)];
const number = (value: number): string =>
  Number.isNaN(value) ? '–' : value < 100 ? value.toFixed(1) : value.toFixed(0);
const line = (cells: readonly string[]): void => print(`| ${cells.join(' | ')} |`);

print('\nNanoseconds to evaluate one condition\n');
line(['condition', ...names]);
line(names.map(() => '---').concat('---'));
for (const row of rows) line([row.name, ...names.map((name) => number(of(row, name)))]);
const usual = rows.slice(0, CONDITIONS.length);
const means = Object.fromEntries(names.map((name) => [name, geometric(usual.map((row) => of(row, name)))]));
line(['geometric mean of the eight', ...names.map((name) => number(means[name] ?? NaN))]);

function timeReading(): number {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.push(measure(() => check(parse(TYPICAL), { result: 'bool' }), 400));
  }
  return quartile(times) / 1000;
}

const absent = rows.at(-1) as (typeof rows)[0];
const best = (values: readonly number[]): number => Math.min(...values.filter((value) => !Number.isNaN(value)));
const fastest = best(OTHERS.map(({ name }) => means[name] ?? NaN));
const fastestAbsent = best(OTHERS.map(({ name }) => of(absent, name)));
const [ours, closure] = [means[OURS.name] ?? NaN, means['closure'] ?? NaN];
const reading = timeReading();
recordFigure({ name: 'cel: times the closure', value: ours / closure, unit: '×', better: 'lower' });
recordFigure({ name: 'cel: times the fastest library', value: fastest / ours, unit: '×', better: 'higher' });
const absentRatio = fastestAbsent / of(absent, OURS.name);
recordFigure({
  name: 'cel: absent argument, times the fastest library',
  value: absentRatio,
  unit: '×',
  better: 'higher',
});
recordFigure({ name: 'cel: parse and check', value: reading, unit: 'µs', better: 'lower' });
const targets: [what: string, value: number, unit: string, reached: boolean][] = [
  ['times the closure (at most 7, aim 5)', ours / closure, '×', ours / closure <= 7],
  ['times faster than the fastest library (at least 2.5)', fastest / ours, '×', fastest / ours >= 2.5],
  ['absent argument (under 60 ns)', of(absent, OURS.name), ' ns', of(absent, OURS.name) < 60],
  ['absent argument, times faster than any library (over 100)', absentRatio, '×', absentRatio > 100],
  ['parse and check of a typical condition (under 30 µs)', reading, ' µs', reading < 30],
];
print('\nTargets\n');
for (const [what, value, unit, reached] of targets) {
  print(`${reached ? 'reached ' : 'MISSED  '} ${what}: ${value.toFixed(1)}${unit}`);
}
await printAnswers(print, line);
if (targets.some(([, , , reached]) => !reached)) process.exitCode = 1;
void sink;
