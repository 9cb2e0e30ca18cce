import { encodeLink } from '../../bundle';
import type { CliCommand } from '../command';
import { described, problemLine, requirePolicy } from '../policy';

export const encode: CliCommand = {
  name: 'encode',
  usage: 'FILE',
  summary: 'Prints the link of a bundle: the fragment `#1.…`, to be put after the address of the playground.',
  help: `
FILE is a bundle, a file with a link in it, a link, or \`-\` for standard input. Everything in the bundle goes into the
link, also its trace and notes.

The answer is no (exit code 1) where the bundle is invalid or too large for a link.

  echo "https://play.example/$(policy encode finance.policy.json)"`,
  options: {},
  arity: [1, 1],
  async run([file = ''], _, io) {
    const bundle = await requirePolicy(file, io);
    if (bundle === undefined) return 1;
    const link = encodeLink(bundle);
    if (!link.ok) {
      for (const problem of link.problems) io.err(problemLine(problem));
      return 1;
    }
    io.err(`${described(bundle)}, ${String(link.fragment.length)} characters`);
    await io.out(link.fragment);
    return 0;
  },
};
