import { isObject } from '../../../lib/json';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../../../lib/cli';
import { readJsonFile } from '../options';
import { secretsOfUrl } from './secrets';
import { VariableFiller, type Environment } from './variables';

export interface StdioReach {
  readonly kind: 'stdio';
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

export interface HttpReach {
  /** Streamable HTTP, or the older transport by server-sent events. */
  readonly kind: 'http' | 'sse';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** A server as `servers.json` names it, and as the policy knows it: its slug is the resource's. */
export interface ServerSpec {
  readonly slug: string;
  /** Known to be absent where the file does not say it. */
  readonly name: string | null;
  readonly tags: readonly string[];
  readonly reach: StdioReach | HttpReach;
}

export interface ServersFile {
  readonly servers: readonly ServerSpec[];
  /** What the operator should know of the file, a sentence each. */
  readonly remarks: readonly string[];
  /** Values that no message may show. */
  readonly secrets: readonly string[];
}

/** So that `SLUG__TOOL` can be read in one way only. */
const SLUG = /^[A-Za-z0-9](?:_?[A-Za-z0-9.-])*$/;
const KNOWN = [
  'type',
  'transport',
  'command',
  'args',
  'env',
  'cwd',
  'url',
  'headers',
  'name',
  'tags',
  'disabled',
  'enabled',
];
/** Members of other clients' files that change nothing here: what is allowed, the policy says. */
const IGNORED = [
  'description',
  'timeout',
  'alwaysAllow',
  'autoApprove',
  'trust',
  'gallery',
  'icon',
  'version',
  'note',
  'dev',
];
const TYPES: Readonly<Record<string, ServerSpec['reach']['kind']>> = {
  stdio: 'stdio',
  local: 'stdio',
  http: 'http',
  'streamable-http': 'http',
  streamableHttp: 'http',
  streamable_http: 'http',
  remote: 'http',
  sse: 'sse',
};
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

type ConfigObject = Readonly<Record<string, unknown>>;

/** Reads the file of servers. Throws `Misuse`, which names the place and never a value: they may be secrets. */
export function readServers(path: string, environment: Environment): ServersFile {
  const entries = Object.entries(serversOf(readJsonFile(path), path));
  const read = entries.map(([slug, entry]) => {
    try {
      return readEntry(slug, entry, dirname(path), environment);
    } catch (error) {
      throw error instanceof UsageError ? new UsageError(`\`${path}\`, server \`${slug}\`: ${error.message}`) : error;
    }
  });
  const servers = read.flatMap(({ spec }) => (spec === undefined ? [] : [spec]));
  if (servers.length === 0) throw new UsageError(`every server in \`${path}\` is disabled`);
  return {
    servers,
    remarks: read.flatMap(({ remarks }, i) => remarks.map((remark) => `${entries[i]?.[0] ?? ''}: ${remark}`)),
    secrets: read.flatMap(({ secrets }) => secrets),
  };
}

/** `mcpServers` is what most clients write, `servers` what VS Code does. */
function serversOf(file: unknown, path: string): ConfigObject {
  const servers = isObject(file) ? (file['mcpServers'] ?? file['servers']) : undefined;
  if (!isObject(servers) || Object.keys(servers).length === 0)
    throw new UsageError(`\`${path}\` names no servers: expected { "mcpServers": { SLUG: … } }`);
  return servers;
}

interface ReadEntry {
  /** Undefined where the server is disabled. */
  readonly spec: ServerSpec | undefined;
  readonly remarks: readonly string[];
  readonly secrets: readonly string[];
}

function readEntry(slug: string, entry: unknown, folder: string, environment: Environment): ReadEntry {
  if (!SLUG.test(slug)) throw new UsageError('a slug is made of letters, digits, `.`, `-` and single `_`');
  if (!isObject(entry)) throw new UsageError('expected an object');
  const other = Object.keys(entry).find((key) => !KNOWN.includes(key) && !IGNORED.includes(key));
  if (other !== undefined) throw new UsageError(`\`${other}\` is none of ${KNOWN.join(', ')}`);
  if (isDisabled(entry)) return { spec: undefined, remarks: ['is disabled in the file, and left out'], secrets: [] };
  const { name } = entry;
  if (name !== undefined && typeof name !== 'string') throw new UsageError('`name` must be a text');
  const filler = new VariableFiller(environment);
  const reach = kindOf(entry) === 'stdio' ? stdioReach(entry, folder, filler) : httpReach(entry, filler);
  const ignored = Object.keys(entry).filter((key) => IGNORED.includes(key));
  return {
    spec: { slug, name: name ?? null, tags: texts(entry['tags'], 'tags'), reach },
    remarks: [
      ...ignored.map((key) => `\`${key}\` changes nothing here`),
      ...filler.defaulted.map((variable) => `the environment variable \`${variable}\` is not set: its default is used`),
    ],
    secrets: [...filler.values, ...secretsOf(reach)],
  };
}

function isDisabled({ disabled, enabled }: ConfigObject): boolean {
  for (const [name, value] of Object.entries({ disabled, enabled }))
    if (value !== undefined && typeof value !== 'boolean') throw new UsageError(`\`${name}\` must be true or false`);
  return disabled === true || enabled === false;
}

function kindOf(entry: ConfigObject): ServerSpec['reach']['kind'] {
  const { command, url } = entry;
  if ((typeof command === 'string') === (typeof url === 'string'))
    throw new UsageError('expected either `command` or `url`');
  const type = entry['type'] ?? entry['transport'];
  if (type === undefined) return typeof url === 'string' ? 'http' : 'stdio';
  const kind = typeof type === 'string' && Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (kind === undefined) throw new UsageError(`\`type\` is none of ${Object.keys(TYPES).join(', ')}`);
  if (typeof url === 'string' && kind === 'stdio')
    throw new UsageError('a server with a `url` has the `type` `http` or `sse`');
  if (typeof command === 'string' && kind !== 'stdio')
    throw new UsageError('a server with a `command` has the `type` `stdio`');
  return kind;
}

function stdioReach(entry: ConfigObject, folder: string, filler: VariableFiller): StdioReach {
  const given = entry['cwd'] ?? '.';
  if (typeof given !== 'string') throw new UsageError('`cwd` must be a text');
  const cwd = resolve(folder, filler.fill(given));
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`\`cwd\` is no folder: \`${given}\``);
  return {
    kind: 'stdio',
    command: filler.fill(entry['command'] as string),
    args: texts(entry['args'], 'args').map((arg) => filler.fill(arg)),
    env: textMap(entry['env'], 'env', filler),
    cwd,
  };
}

function httpReach(entry: ConfigObject, filler: VariableFiller): HttpReach {
  return {
    kind: kindOf(entry) === 'sse' ? 'sse' : 'http',
    url: safeUrl(filler.fill(entry['url'] as string)),
    headers: textMap(entry['headers'], 'headers', filler),
  };
}

const secretsOf = (reach: ServerSpec['reach']): readonly string[] =>
  reach.kind === 'stdio' ? Object.values(reach.env) : [...Object.values(reach.headers), ...secretsOfUrl(reach.url)];

/** Secrets do not go over the network in clear. */
function safeUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  if (url === undefined || !safe) throw new UsageError('`url` must begin with https:, or lead to this machine');
  return url;
}

function texts(value: unknown, name: string): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw new UsageError(`\`${name}\` must be a list of texts`);
  return value;
}

function textMap(value: unknown, name: string, filler: VariableFiller): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (!isObject(value)) throw new UsageError(`\`${name}\` must be an object of texts`);
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => {
      if (typeof text !== 'string') throw new UsageError(`\`${name}\` must be an object of texts`);
      return [key, filler.fill(text)];
    }),
  );
}
