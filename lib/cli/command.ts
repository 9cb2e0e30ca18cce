import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError, type CliIo } from './io';

/** 0 fine, 1 the answer is no (invalid, damaged, different, a test failed); 2, wrong use, is `Misuse`. */
export type ExitCode = 0 | 1;

export type CommandOptions = NonNullable<ParseArgsConfig['options']>;
export type OptionValues = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** One command: one file in `commands/`, and one line in `commands.ts`. */
export interface CliCommand {
  readonly name: string;
  /** What follows the name: `FILE TRACE [--json]`. */
  readonly usage: string;
  /** One line. */
  readonly summary: string;
  /** The rest of `--help`: each option, what goes to standard output, when the answer is no. */
  readonly help: string;
  readonly options: CommandOptions;
  /** How many positional arguments there must and may be. */
  readonly arity: readonly [least: number, most: number];
  run(args: readonly string[], values: OptionValues, io: CliIo): Promise<ExitCode>;
}

/** Runs one command with the arguments that follow its name. */
export async function runCommand(command: CliCommand, argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const { values, positionals } = parsed(command, argv);
  if (values['help'] === true) {
    await io.out(...commandHelp(command).split('\n'));
    return 0;
  }
  const [least, most] = command.arity;
  if (positionals.length < least || positionals.length > most) {
    const reason =
      positionals.length < least ? 'something is missing' : `\`${positionals[most] ?? ''}\` is one argument too many`;
    throw new UsageError(`${reason}: policy ${command.name} ${command.usage}`);
  }
  return command.run(positionals, values, io);
}

function parsed(
  command: CliCommand,
  argv: readonly string[],
): { readonly values: OptionValues; readonly positionals: string[] } {
  try {
    return parseArgs({
      args: withExpressionsLast(command, argv),
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\. (?=[A-Z])/);
    throw new UsageError(
      `${sentence.replace(/\.$/, '').replaceAll("'", '`')}: policy ${command.name} ${command.usage}`,
    );
  }
}

/** `-1 + 2` is an expression and no option: where there is one argument, what cannot be an option's name is that. */
function withExpressionsLast(command: CliCommand, argv: readonly string[]): string[] {
  if (command.arity[1] !== 1 || argv.includes('--')) return [...argv];
  const isExpression = (text: string): boolean =>
    /^-./.test(text) && !/^-(?:-[a-z][a-z-]*(?:=[^]*)?|[a-z])$/.test(text);
  const expressions = argv.filter(isExpression);
  return expressions.length === 0 ? [...argv] : [...argv.filter((text) => !isExpression(text)), '--', ...expressions];
}

export function commandHelp({ name, usage, summary, help }: CliCommand): string {
  return `policy ${name} ${usage}\n\n${summary}\n\n${help.trim()}`;
}

/** A text option that was given, or undefined. */
export function textOption(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** All values of an option that may be given several times. */
export function textOptions(values: OptionValues, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
