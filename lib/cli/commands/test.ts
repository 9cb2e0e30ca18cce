import { deciderCell } from '../../wording';
import { runTest, testName } from '../../analysis';
import type { TestExpectation } from '../../bundle';
import { compilePolicy, type DecidedBy, type Rule } from '../../engine';
import { textOption, type CliCommand } from '../command';
import { junit, type JunitOutcome } from '../junit';
import { requirePolicy } from '../policy';
import { plain } from '../printable';
import { toned } from '../tone';

export const test: CliCommand = {
  name: 'test',
  usage: 'FILE [--junit OUT]',
  summary: 'Runs the tests that a bundle carries: each is a call and what should become of it.',
  help: `
FILE is a bundle, a file with a link in it, a link, or \`-\` for standard input.

  --junit OUT  also write the results to OUT as JUnit XML, which CI systems read

A test passes where the effect is the expected one, and so is what decided, if the test says it.
The answer is no (exit code 1) where a test fails or the bundle is invalid.`,
  options: { junit: { type: 'string' } },
  arity: [1, 1],
  async run([file = ''], values, io) {
    const bundle = await requirePolicy(file, io);
    if (bundle === undefined) return 1;
    const compiled = await compilePolicy(bundle);
    const outcomes = (bundle.tests ?? []).map((one): JunitOutcome => {
      const { wrong, got } = runTest(compiled, one);
      const name = testName(one);
      if (wrong === undefined) return { name, failure: undefined };
      const is = `${got.effect} by ${deciderCell(got.decidedBy, bundle.rules)}`;
      return { name, failure: `expected ${expectedWords(one.expect, bundle.rules)}, got ${is}` };
    });
    for (const { name, failure } of outcomes) {
      const mark = failure === undefined ? toned('ok  ', 'allow', io) : toned('fail', 'deny', io);
      await io.out(`${mark} ${plain(name)}${failure === undefined ? '' : `: ${plain(failure)}`}`);
    }
    const out = textOption(values, 'junit');
    if (out !== undefined) await io.write(out, junit(bundle.name, outcomes));
    const failed = outcomes.filter(({ failure }) => failure !== undefined).length;
    if (outcomes.length === 0) io.err('this bundle carries no tests');
    io.err(`${String(outcomes.length - failed)} passed, ${String(failed)} failed`);
    return failed === 0 ? 0 : 1;
  },
};

function expectedWords({ effect, decidedBy: by }: TestExpectation, rules: readonly Rule[]): string {
  return by === undefined ? effect : `${effect} by ${expectedDecider(by, rules)}`;
}

/** INVARIANT: what an expectation says of an undecided call may leave members out, so it is not worded as a decision is. */
function expectedDecider(by: DecidedBy, rules: readonly Rule[]): string {
  if (by.kind !== 'undecided') return deciderCell(by, rules);
  const { kind: _kind, ...facts } = by;
  return `what cannot be known${Object.keys(facts).length === 0 ? '' : ` ${JSON.stringify(facts)}`}`;
}
