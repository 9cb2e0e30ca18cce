import { runCommand } from './command';
import { COMMANDS } from './commands';
import { UsageError, processIo, type CliIo } from './io';

/**
 * The command line. Results go to standard output, words to standard error.
 *
 * @returns the exit code: 0 fine, 1 the answer is no, 2 wrong use
 */
export async function main(argv: readonly string[], io: CliIo): Promise<0 | 1 | 2> {
  const [name, ...rest] = argv;
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help')
      return await help(rest[0], name, io);
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (load === undefined)
      throw new UsageError(`\`${name}\` is no command: it is one of ${Object.keys(COMMANDS).join(', ')}`);
    return await runCommand(await load(), rest, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(error.message, ...error.more);
    return 2;
  }
}

async function help(topic: string | undefined, asked: string | undefined, io: CliIo): Promise<0 | 2> {
  const load = topic !== undefined && Object.hasOwn(COMMANDS, topic) ? COMMANDS[topic] : undefined;
  if (load !== undefined) {
    await runCommand(await load(), ['--help'], io);
    return 0;
  }
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  const text = `policy COMMAND …: an AI gateway's policies on the command line

${lines.join('\n')}

\`policy COMMAND --help\` says more. A policy is a bundle's file, a link to one, or \`-\` for standard input.
Results go to standard output, words to standard error. Exit codes: 0 fine, 1 the answer is no, 2 wrong use.`.split(
    '\n',
  );
  if (asked !== undefined) {
    await io.out(...text);
    return 0;
  }
  io.err(...text);
  return 2;
}

/** Runs this process as the command line; `cwd` is the folder that relative paths are taken from. */
export async function runProcess(argv: readonly string[], cwd: string): Promise<void> {
  process.exitCode = await main(argv, processIo(cwd, process.env));
}
