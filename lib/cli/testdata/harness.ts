import { main } from '../main';
import { consoleOf } from '../io';

export interface Ran {
  readonly code: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
  readonly written: Readonly<Record<string, string>>;
}

/** Runs a command line in this process, with files that are only in memory; `-` among them is standard input. */
export async function run(argv: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const written: Record<string, string> = {};
  const io = consoleOf({
    terminal: false,
    print: (text) => {
      out += text;
      return Promise.resolve();
    },
    complain: (text) => {
      err += text;
    },
    open: (path) => chunks(files, path),
    exists: (path) => Object.hasOwn(files, path),
    write: (path, text) => {
      written[path] = text;
      return Promise.resolve();
    },
    colour: false,
  });
  return { code: await main(argv, io), out, err, written };
}

async function* chunks(files: Readonly<Record<string, string>>, path: string): AsyncGenerator<Uint8Array> {
  const text = Object.hasOwn(files, path) ? files[path] : undefined;
  if (text === undefined) throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += 1000) yield await Promise.resolve(bytes.subarray(at, at + 1000));
}
