import { digestOf } from '../../bundle';
import type { CliCommand } from '../command';
import { requirePolicy } from '../policy';

export const digest: CliCommand = {
  name: 'digest',
  usage: 'FILE',
  summary: 'Prints the digest of a policy: 64 hexadecimal digits.',
  help: `
FILE is a bundle, a file with a link in it, a link, or \`-\` for standard input. The digest is that of the rules and
settings alone: name, catalog, trace, tests and notes do not change it.

The answer is no (exit code 1) where the bundle is invalid.`,
  options: {},
  arity: [1, 1],
  async run([file = ''], _, io) {
    const bundle = await requirePolicy(file, io);
    if (bundle === undefined) return 1;
    await io.out(digestOf(bundle));
    return 0;
  },
};
