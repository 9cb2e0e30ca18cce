/** Writes `docs/command-line.md`: `npx tsx lib/cli/testdata/document.ts`. A test fails while it is not what the commands say. */
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { EXAMPLES, EXIT_CODES } from '../../../components/docs/command-line-text';
import { commandHelp } from '../command';
import { COMMANDS } from '../commands';

export const PATH = new URL('../../../docs/command-line.md', import.meta.url);

const OPENING = `# The command line

Everything that the playground decides can be decided without a browser, by the same code: in a terminal, in a pipe, and
before a change to a policy is merged. It needs Node 20.19 or newer, on Linux, macOS or Windows, and a copy of this project.

\`\`\`
npm ci
npm run -s policy -- help
\`\`\`

\`npm run -s policy --\` and \`node scripts/policy.mjs\` are the same; below, \`policy\` stands for either. A relative path is
taken from the folder in which you are. FILE is a bundle, a file with a link in it, a link, or \`-\` for standard input. TRACE is
a file of any format that the playground imports, or \`-\`. Results go to standard output, words to standard error. Colours are
for a terminal only, and not where \`NO_COLOR\` is set.`;

const WINDOWS = `On Windows, PowerShell 5 writes UTF-16 when it redirects with \`>\`. A trace is read as such; bundles must be UTF-8, with
or without a byte order mark: write them with \`Out-File -Encoding utf8\`.`;

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

/** The whole document, formatted as all of them are. */
export async function commandLineDocument(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const parts = [
    OPENING,
    ['| Exit code | Meaning |', '| --- | --- |', ...EXIT_CODES.map(([code, says]) => `| ${code} | ${says} |`)].join('\n'),
    WINDOWS,
    '## Commands',
    ...commands.flatMap((command) => [`### ${command.name}`, fenced('text', commandHelp(command).trim())]),
    '## Examples',
    ...EXAMPLES.flatMap(({ title, says, code, language }) => [`### ${title}`, says, fenced(language, code)]),
  ];
  const config = await resolveConfig(PATH);
  return format(parts.join('\n\n'), { ...config, parser: 'markdown' });
}

if (process.argv[1] === import.meta.filename) writeFileSync(PATH, await commandLineDocument());
