import type { BundleProblem } from '../../bundle';
import type { CliCommand } from '../command';
import { described, openPolicy, problemLine } from '../policy';

export const validate: CliCommand = {
  name: 'validate',
  usage: 'FILE',
  summary: 'Says whether a bundle is valid, and prints everything that is wrong with it.',
  help: `
FILE is a bundle, a file with a link in it, a link, or \`-\` for standard input. Each problem is one line of JSON:

  {"pointer":"/rules/0/effect","code":"not-a-choice","message":"…","line":3,"column":14,"offset":57}

Warnings (fields that are kept without being understood) are words on standard error and change nothing.
The answer is no (exit code 1) where there is a problem.`,
  options: {},
  arity: [1, 1],
  async run([file = ''], _, io) {
    const opened = await openPolicy(file, io);
    if (!opened.ok) {
      await io.json(opened.problems.map((problem) => `${JSON.stringify(asLine(problem))}\n`).join(''));
      io.err(`${file}: ${opened.problems.length === 1 ? '1 problem' : `${String(opened.problems.length)} problems`}`);
      return 1;
    }
    for (const warning of opened.warnings) io.err(`warning: ${problemLine(warning)}`);
    io.err(`valid: ${described(opened.bundle)}`);
    return 0;
  },
};

function asLine({ pointer, code, message, position }: BundleProblem): object {
  const { line, column, offset } = position ?? {};
  return { pointer, code, message, line, column, offset };
}
