/** How long the engine takes: compiling 300 rules, and deciding 100,000 calls by them on one core. */
import { recordFigure } from '../../../scripts/bench/figures.mjs';
import { compilePolicy, decide, decideRow, type Call } from '..';
import { callsOf, policyOf } from './workload';

const CALLS = 100_000;

const timed = async <T>(words: string, calls: number, run: () => T | Promise<T>): Promise<T> => {
  // Time on the processor, not on the wall: the figure holds on a busy machine, too.
  const started = process.cpuUsage();
  const result = await run();
  const { user, system } = process.cpuUsage(started);
  const took = (user + system) / 1000;
  process.stdout.write(
    `${words.padEnd(56)} ${took.toFixed(0).padStart(7)} ms ${((took * 1e6) / calls).toFixed(0).padStart(8)} ns each\n`,
  );
  recordFigure({ name: `engine: ${words}`, value: (took * 1e6) / calls, unit: 'ns', better: 'lower' });
  return result;
};

const policy = policyOf(300);
const calls = callsOf(CALLS);
const compiled = await timed('compile 301 rules, a third with conditions', 301, () => compilePolicy(policy));
const counts = { allow: 0, deny: 0, conditional: 0, hazards: 0 };
const replay = (over: readonly Call[]) => () => {
  for (const call of over) {
    const row = decideRow(compiled, call);
    counts[row.effect]++;
    counts.hazards += row.hazards.length;
  }
};
await timed('decideRow, first pass', CALLS, replay(calls));
await timed('decideRow, second pass', CALLS, replay(calls));
const blind = calls.map(({ args: _, ...rest }): Call => rest);
await timed('decideRow, arguments unknown', CALLS, replay(blind));
const nameless = blind.map(({ agent: _, user: __, ...rest }): Call => rest);
await timed('decideRow, agent, user and arguments unknown', CALLS, replay(nameless));
await timed('decide, with steps', 10_000, () => calls.slice(0, 10_000).forEach((call) => decide(compiled, call)));
process.stdout.write(`${JSON.stringify(counts)}\n`);
