import type { BundleTest, Expectation } from '../../bundle';
import { compilePolicy, decideRow, type Row, type Rule } from '../../engine';
import { textOption, type Command } from '../command';
import { junit, type Outcome } from '../junit';
import { requirePolicy } from '../policy';
import { plain, toned } from '../table';
import { decidedBy } from '../words';

export const test: Command = {
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
    const outcomes = (bundle.tests ?? []).map((one): Outcome => {
      const failure = failureOf(one.expect, decideRow(compiled, one.call), bundle.rules);
      return { name: nameOf(one), failure };
    });
    for (const { name, failure } of outcomes) {
      const mark = failure === undefined ? toned('ok  ', 'allow', io) : toned('fail', 'deny', io);
      await io.out(`${mark} ${plain(name)}${failure === undefined ? '' : `: ${plain(failure)}`}\n`);
    }
    const out = textOption(values, 'junit');
    if (out !== undefined) await io.write(out, junit(bundle.name, outcomes));
    const failed = outcomes.filter(({ failure }) => failure !== undefined).length;
    io.err(`${String(outcomes.length - failed)} passed, ${String(failed)} failed\n`);
    return failed === 0 ? 0 : 1;
  },
};

function nameOf({ name, call }: BundleTest): string {
  return name === '' ? call.id : name;
}

/** Why a decision is not the expected one. A member that the expectation does not say may be anything. */
function failureOf(expected: Expectation, row: Row, rules: readonly Rule[]): string | undefined {
  const got = `${row.effect} by ${decidedBy(row.decidedBy, rules)}`;
  if (row.effect !== expected.effect) return `expected ${expected.effect}, got ${got}`;
  const by: object | undefined = expected.decidedBy;
  if (by === undefined) return undefined;
  const actual = Object.fromEntries(Object.entries(row.decidedBy));
  const same = Object.entries(by).every(([key, value]) => JSON.stringify(actual[key]) === JSON.stringify(value));
  return same ? undefined : `expected it to be decided by ${JSON.stringify(by)}, got ${got}`;
}
