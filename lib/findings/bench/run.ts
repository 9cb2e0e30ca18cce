/**
 * How long it takes to find what is wrong with policies of 50, 500 and 2,000 rules, a third of them with conditions: all findings, and those
 * after one edit; beside them a comparison pair by pair, as one writes it by hand, and a solver (`z3.ts`), if it is installed.
 */
import { recordFigure } from '../../../scripts/bench/figures.mjs';
import type { Policy } from '../../engine';
import { policyOf } from '../../engine/bench/workload';
import { findDecided, policyRegion } from '../../regions';
import { findFindings, FindingMemory } from '../index';
import { shadowedByOne } from './pairwise';
import { loadSolver, solverAnswers } from '../../regions/bench/z3';

/** Time on the processor, not on the wall: the figure holds on a busy machine, too. In milliseconds. */
async function timed<T>(
  words: string,
  run: () => T | Promise<T>,
): Promise<{ readonly result: T; readonly took: number }> {
  const started = process.cpuUsage();
  const result = await run();
  const { user, system } = process.cpuUsage(started);
  const took = (user + system) / 1000;
  process.stdout.write(`${words.padEnd(60)} ${took.toFixed(took < 10 ? 1 : 0).padStart(8)} ms\n`);
  recordFigure({ name: `analysis: ${words}`, value: took, unit: 'ms', better: 'lower' });
  return { result, took };
}

const edited = ({ rules, settings }: Policy): Policy => ({
  settings,
  rules: rules.map((rule, i) => (i === rules.length >> 1 ? { ...rule, tools: ['get_*', 'send_message'] } : rule)),
});

const shadowedIn = (findings: Awaited<ReturnType<typeof findFindings>>): number =>
  findings.filter(({ code, certainty }) => code === 'shadowed' && certainty === 'proven').length;

// Compiled code is what a person waits for, after the first policy.
await findFindings(policyOf(40, 7));
for (const size of [50, 500, 2000]) {
  const policy = policyOf(size - 1);
  const rules = `${size.toLocaleString('en')} rules`;
  const memory = new FindingMemory();
  const { result } = await timed(`${rules}: all findings`, () => findFindings(policy, {}, { memory }));
  await timed(`${rules}: after one edit`, () => findFindings(edited(policy), {}, { memory }));
  const pairs = await timed(`${rules}: shadowed by one rule, pair by pair`, () => shadowedByOne(policy));
  process.stdout.write(`  shadowed: ${shadowedIn(result)} proven, ${pairs.result.length} of them seen pair by pair\n`);
}
await compareWithSolver(policyOf(49));

/** Whether some call is decided by each of 50 rules: the same questions for ours and for the solver. */
async function compareWithSolver(policy: Policy): Promise<void> {
  const region = await policyRegion(policy);
  const rules = region.rules.filter((rule) => rule !== undefined);
  const ours = await timed('50 rules: which are shadowed, ours', () =>
    rules.map((rule) => findDecided(region, rule).kind),
  );
  const solver = await loadSolver();
  if (solver === undefined) {
    process.stdout.write('The solver is not measured: `npm install --no-save z3-solver` adds it.\n');
    return;
  }
  const theirs = await timed('50 rules: which are shadowed, Z3', () => solverAnswers(solver, region));
  const both = theirs.result.filter((answer, i) => answer !== 'unknown' && ours.result[i] !== 'unknown').length;
  const otherwise = theirs.result.filter(
    (answer, i) => answer !== 'unknown' && ours.result[i] !== 'unknown' && answer !== ours.result[i],
  ).length;
  const ratio = theirs.took / ours.took;
  process.stdout.write(
    `  ${both} answered by both, ${otherwise} of them otherwise; Z3 takes ${ratio.toFixed(0)} times as long\n`,
  );
  recordFigure({ name: 'analysis: times Z3', value: ratio, unit: '×', better: 'higher' });
  if (otherwise > 0) process.exitCode = 1;
}
