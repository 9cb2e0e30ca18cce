import { dirname, resolve } from 'node:path';
import { Misuse } from '../../lib/cli';
import { readJsonFile } from './options';

/** A server as `servers.json` names it, and as the policy knows it: its slug is the resource's. */
export interface ServerSpec {
  readonly slug: string;
  /** Known to be absent where the file does not say it. */
  readonly name: string | null;
  readonly tags: readonly string[];
  readonly reach:
    | {
        readonly kind: 'stdio';
        readonly command: string;
        readonly args: readonly string[];
        readonly env: Readonly<Record<string, string>>;
        readonly cwd: string;
      }
    | { readonly kind: 'http'; readonly url: URL; readonly headers: Readonly<Record<string, string>> };
}

/** So that `SLUG__TOOL` can be read in one way only. */
const SLUG = /^[A-Za-z0-9](?:_?[A-Za-z0-9.-])*$/;
const KNOWN = ['type', 'command', 'args', 'env', 'cwd', 'url', 'headers', 'name', 'tags'];
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Reads the file of servers. Throws `Misuse`, which names the place and never a value: they may be secrets. */
export function readServers(path: string, environment: Readonly<Record<string, string | undefined>>): ServerSpec[] {
  const file = readJsonFile(path);
  const servers = isObject(file) ? file['mcpServers'] : undefined;
  if (!isObject(servers) || Object.keys(servers).length === 0)
    throw new Misuse(`\`${path}\` names no servers: expected { "mcpServers": { SLUG: … } }`);
  return Object.entries(servers).map(([slug, entry]) => {
    try {
      return specOf(slug, entry, dirname(path), environment);
    } catch (error) {
      throw error instanceof Misuse ? new Misuse(`\`${path}\`, server \`${slug}\`: ${error.message}`) : error;
    }
  });
}

function specOf(
  slug: string,
  entry: unknown,
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): ServerSpec {
  if (!SLUG.test(slug)) throw new Misuse('a slug is made of letters, digits, `.`, `-` and single `_`');
  if (!isObject(entry)) throw new Misuse('expected an object');
  const other = Object.keys(entry).find((key) => !KNOWN.includes(key));
  if (other !== undefined) throw new Misuse(`\`${other}\` is none of ${KNOWN.join(', ')}`);
  const { name, command, url, type } = entry;
  if (name !== undefined && typeof name !== 'string') throw new Misuse('`name` must be a text');
  const about = { slug, name: name ?? null, tags: texts(entry['tags'], 'tags') };
  const filled = (value: string): string => withVariables(value, environment);
  if ((typeof command === 'string') === (typeof url === 'string'))
    throw new Misuse('expected either `command` or `url`');
  if (typeof url === 'string') {
    if (type !== undefined && type !== 'http') throw new Misuse('a server with a `url` has the `type` `http`');
    return {
      ...about,
      reach: { kind: 'http', url: safeUrl(filled(url)), headers: textMap(entry['headers'], 'headers', filled) },
    };
  }
  if (type !== undefined && type !== 'stdio') throw new Misuse('a server with a `command` has the `type` `stdio`');
  const cwd = entry['cwd'];
  if (cwd !== undefined && typeof cwd !== 'string') throw new Misuse('`cwd` must be a text');
  return {
    ...about,
    reach: {
      kind: 'stdio',
      command: filled(command as string),
      args: texts(entry['args'], 'args').map(filled),
      env: textMap(entry['env'], 'env', filled),
      cwd: resolve(folder, cwd ?? '.'),
    },
  };
}

/** Secrets do not go over the network in clear. */
function safeUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  if (url === undefined || !safe) throw new Misuse('`url` must begin with https:, or lead to this machine');
  return url;
}

function withVariables(text: string, environment: Readonly<Record<string, string | undefined>>): string {
  return text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    const value = environment[name];
    if (value === undefined) throw new Misuse(`the environment variable \`${name}\` is not set`);
    return value;
  });
}

function texts(value: unknown, name: string): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw new Misuse(`\`${name}\` must be a list of texts`);
  return value;
}

function textMap(value: unknown, name: string, filled: (text: string) => string): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (!isObject(value)) throw new Misuse(`\`${name}\` must be an object of texts`);
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => {
      if (typeof text !== 'string') throw new Misuse(`\`${name}\` must be an object of texts`);
      return [key, filled(text)];
    }),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
