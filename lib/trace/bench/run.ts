/**
 * `npm run bench -- replay`: how long a replay takes, and how long other engines take for the same decisions, side by side in one run.
 *
 * Time is the processor's, not the clock's: what else the machine does counts for little. Environment: `BENCH_CALLS`, `BENCH_RULES`,
 * `BENCH_SECONDS` (an engine that has used as much stops there; what it took for a call is what it took for those that it decided),
 * `BENCH_ONLY` (`sides` or `scale`), `BENCH_WRITE` (writes the policies), `BENCH_SIDE` (set for processes of its own).
 */
import { print } from './measure';
import { scaleTargets } from './scale';
import { answerAsSide, sideTargets } from './sides';

if (process.env['BENCH_SIDE'] === undefined) await runAll();
else await answerAsSide();

async function runAll(): Promise<void> {
  const only = process.env['BENCH_ONLY'];
  const targets = [...(only === 'scale' ? [] : await sideTargets()), ...(only === 'sides' ? [] : await scaleTargets())];
  print('\nTargets\n');
  for (const { words, reached } of targets) print(`${reached ? 'reached ' : 'MISSED  '} ${words}`);
  if (targets.some(({ reached }) => !reached)) process.exitCode = 1;
}
