import { looksLikeLink, writeBundle } from '../../bundle';
import type { CliCommand } from '../command';
import { requirePolicy } from '../policy';

export const decode: CliCommand = {
  name: 'decode',
  usage: 'LINK',
  summary: 'Prints the bundle that a link holds, as canonical JSON.',
  help: `
LINK is a whole address, its fragment \`#1.…\`, a file that has a link in it, or \`-\` for standard input. Put it in
quotes: to a shell, \`#\` may begin a comment. White space, brackets and text around a link do not matter.

The answer is no (exit code 1) where the link is damaged, cut short, of a newer version, or holds no valid bundle.

  policy decode 'https://play.example/#1.q1bK…' > finance.policy.json`,
  options: {},
  arity: [1, 1],
  async run([link = ''], _, io) {
    if (link !== '-' && !io.exists(link) && !looksLikeLink(link)) {
      io.err('this is neither a link nor a file: a link has `#1.`, many letters, a dot, and 12 more');
      return 1;
    }
    const bundle = await requirePolicy(link, io);
    if (bundle === undefined) return 1;
    await io.json(`${writeBundle(bundle)}\n`, { exact: true });
    return 0;
  },
};
