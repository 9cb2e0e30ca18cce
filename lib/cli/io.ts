import { createReadStream, existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { printableJson, printableLines } from './printable';
import { coloured } from './tone';

/** What a command may do to the world: everything else in it is a function of its arguments. */
export interface CliIo {
  /** Results in words, a line each. Waits where the reader is slow. */
  out(...lines: readonly string[]): Promise<void>;
  /** Results that are JSON. `exact` keeps its bytes where they do not go to a terminal. */
  json(text: string, options?: { readonly exact: boolean }): Promise<void>;
  /** Words, a line each. */
  err(...lines: readonly string[]): void;
  /** The bytes of a file as they come; `-` is standard input. */
  open(path: string): AsyncIterable<Uint8Array>;
  /** Whether the path names a file or something else that can be read. */
  exists(path: string): boolean;
  write(path: string, text: string): Promise<void>;
  /** Whether results go to a terminal that shows colours. */
  readonly colour: boolean;
}

/** What a console is made of: `print` gives text to standard output as it is, `complain` to standard error. */
export interface Device extends Omit<CliIo, 'out' | 'json' | 'err'> {
  print(text: string): Promise<void>;
  complain(text: string): void;
  readonly terminal: boolean;
}

/**
 * The console of a device.
 *
 * INVARIANT: all that is printed goes through here, line by line, so that no control character from outside reaches a terminal, and no
 * line break in a name or a message begins a line that looks like one of ours.
 */
export function consoleOf({ print, terminal, complain, ...device }: Device): CliIo {
  return {
    ...device,
    out: (...lines) => print(device.colour ? coloured(printableLines(lines)) : printableLines(lines)),
    json: (text, options) => print(options?.exact === true && !terminal ? text : printableJson(text)),
    err: (...lines) => complain(printableLines(lines)),
  };
}

/** The console of this process. Relative paths are taken from `cwd`. */
export function processIo(cwd: string, env: Readonly<Record<string, string | undefined>>): CliIo {
  const { stdout, stderr, stdin } = process;
  // A reader that has seen enough (`| head`) closes its end: that is no fault, and there is no reader to report to.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
  const at = (path: string): string => resolve(cwd, path);
  let stdinTaken = false;
  return consoleOf({
    terminal: stdout.isTTY,
    print: (text) =>
      new Promise((done) => {
        if (stdout.write(text)) done();
        else stdout.once('drain', done);
      }),
    complain: (text) => void stderr.write(text),
    open: (path) => {
      if (path !== '-') return createReadStream(at(path));
      if (stdinTaken) throw new UsageError('standard input can be read only once');
      stdinTaken = true;
      return stdin;
    },
    exists: (path) => existsSync(at(path)) && !statSync(at(path)).isDirectory(),
    write: async (path, text) => {
      try {
        await writeFile(at(path), text);
      } catch (error) {
        throw new UsageError(`\`${path}\` cannot be written: ${reasonOf(error)}`);
      }
    },
    colour: coloursWanted(stdout.isTTY, env),
  });
}

/** Colours are for a terminal that shows them and a person who has not said no (no-color.org: any text but an empty one). */
export function coloursWanted(terminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  return terminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

/** Reads a whole file or standard input. Throws `Misuse` where it cannot be read. */
export async function readAll(io: CliIo, path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of io.open(path)) chunks.push(chunk);
  } catch (error) {
    throw error instanceof UsageError ? error : cannotRead(path, error);
  }
  return Buffer.concat(chunks);
}

/** The command was used wrongly: its message is printed, and the exit code is 2. */
export class UsageError extends Error {
  /** `more`: the lines below the message, as the place in what was given. */
  constructor(
    message: string,
    readonly more: readonly string[] = [],
  ) {
    super(message);
  }
}

export function cannotRead(path: string, error: unknown): UsageError {
  return new UsageError(
    `\`${path.length > 100 ? `${path.slice(0, 100)}…` : path}\` cannot be read: ${reasonOf(error)}`,
  );
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  ENAMETOOLONG: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
};

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
