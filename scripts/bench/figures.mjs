// Figures of a benchmark run: each benchmark records its own; `npm run bench -- all` keeps them as one line of `bench/history.ndjson` and
// compares them with the line before.
import { appendFileSync, readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/**
 * @typedef {object} Figure
 * @property {string} name unique within a run, such as `cel: times the closure`
 * @property {number} value
 * @property {string} unit `×` for a ratio of two measurements of one run, `kB`, `MB`, `ms`, `ns`, `characters`, `score` of 100, `%`
 * @property {'lower' | 'higher'} better which direction is an improvement
 */

/** @typedef {{ cpu: string, cores: number, memoryGigabytes: number, node: string, platform: string }} Machine */
/**
 * `load`: the machine's load average at the end. `reduced`: what a run left out.
 * @typedef {{ version: string, date: string, machine: Machine, load?: number, reduced?: string, figures: readonly Figure[] }} HistoryEntry
 */

/** Worse by more than this share of the earlier value is reported. */
const TOLERANCE = 0.1;

/** Units whose values depend on the machine: they are compared only between runs on machines of the same description. */
const DEPENDS_ON_MACHINE = new Set(['ms', 'ns', 'µs', 'MB', 'score', '%']);

/** @param {readonly number[]} values */
export const medianOf = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** @param {string} unit */
export const dependsOnMachine = (unit) => DEPENDS_ON_MACHINE.has(unit);

/**
 * Records a figure of the running benchmark. Does nothing where the run keeps no history.
 * @param {Figure} figure
 */
export function recordFigure(figure) {
  const file = process.env['BENCH_FIGURES'];
  if (file === undefined || !Number.isFinite(figure.value)) return;
  const { name, unit, better } = figure;
  appendFileSync(file, `${JSON.stringify({ name, value: Number(figure.value.toPrecision(4)), unit, better })}\n`);
}

/** @returns {Machine} */
export function describeMachine() {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
}

/**
 * The objects of a file with one JSON object a line; none where the file does not exist.
 * @param {string} file
 * @returns {unknown[]}
 */
export function readLines(file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
}

/**
 * One sentence for each figure that is worse than in the newest earlier entry which has it, by more than 10 %.
 * @param {readonly HistoryEntry[]} history oldest first
 * @param {HistoryEntry} entry
 * @returns {string[]}
 */
export function findRegressions(history, entry) {
  const machine = JSON.stringify(entry.machine);
  const sentences = [];
  for (const { name, value, unit, better } of entry.figures) {
    const comparable = history.filter(
      (earlier) => !dependsOnMachine(unit) || JSON.stringify(earlier.machine) === machine,
    );
    const earlier = comparable.findLast(({ figures }) => figures.some((figure) => figure.name === name));
    const before = earlier?.figures.find((figure) => figure.name === name)?.value;
    if (earlier === undefined || before === undefined || before <= 0) continue;
    const change = value / before - 1;
    if ((better === 'lower' ? change : -change) <= TOLERANCE) continue;
    const percent = `${change > 0 ? '+' : ''}${(change * 100).toFixed(0)} %`;
    sentences.push(`${name}: ${value} ${unit}, ${before} ${unit} in ${earlier.version} (${percent})`);
  }
  return sentences;
}
