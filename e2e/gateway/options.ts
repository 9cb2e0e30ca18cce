import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readJson } from '../../lib/bundle';
import { UsageError } from '../../lib/cli';
import { validateCall, validateReadings, type GatewayProfile } from '../../lib/engine';
import type { Identity } from './facts';

export interface GatewayOptions {
  /** A bundle's file, a file with a link in it, or a link. */
  readonly policy: string;
  /** Absolute paths. */
  readonly servers: string;
  readonly audit: string;
  readonly identity: Identity;
  /** Serve over streamable HTTP on this port of the loopback interface; 0 takes any free one. Without it, over stdio. */
  readonly port: number | undefined;
  readonly logArguments: boolean;
  /** The profile that it decides by, whatever the policy's bundle carries. */
  readonly readings: GatewayProfile | undefined;
}

export const HELP = `gateway --policy FILE-OR-LINK --servers FILE --audit FILE [options]

Runs between an MCP client and MCP servers, and lets through what a policy allows. It is a reference: what it
decides, the playground decides.

  --policy FILE-OR-LINK  a bundle, a file with a link in it, or a link; a file is read again whenever it changes
  --servers FILE         JSON: { "mcpServers": { SLUG: { "command", "args", "env", "cwd" } or { "url", "headers" } } },
                         each with "name" and "tags" as the policy knows them; \${NAME} and \${NAME:-default} stand for
                         environment variables, and "disabled": true leaves a server out
  --audit FILE           every decision is appended to it as a line of JSON, which the playground imports; it is opened
                         again at SIGHUP, and when it was rotated
  --no-arguments         leave the arguments of calls out of the audit log
  --readings FILE        JSON: how it reads what the vendor leaves open, as \`readings\` of a bundle, { "case": "insensitive" };
                         without it, as the policy's bundle says
  --port N               serve streamable HTTP on http://127.0.0.1:N/mcp (0: any free port) instead of stdio

Who is calling, as the policy knows them. What is not said is unknown: a decision that depends on it is a denial.

  --agent SLUG           the agent
  --instance ID          the instance of the agent
  --user ID-OR-EMAIL     the user
  --group NAME           a group that the user is in; may be repeated. --no-groups: the user is in none
  --identity FILE        all of it as JSON, { "agent", "instance", "user" } in the shape of a call's: a key that is missing is
                         unknown, null is known to be absent. What the other options say goes before it

Words go to standard error. Ctrl-C, SIGTERM, or the end of standard input where it serves over stdio, ends it.
Exit codes: 0 ended as asked, 1 the policy is not valid or no server can be reached, 2 wrong use, a port in use, or a
file that cannot be an audit log.

  npm run -s gateway -- --policy finance.policy.json --servers servers.json --audit audit.ndjson --agent claude-code`;

/** Reads the command line. Undefined where only help is asked for; throws `Misuse`. */
export function readOptions(argv: readonly string[], cwd: string): GatewayOptions | undefined {
  const values = parsed(argv);
  if (values.help === true) return undefined;
  const needed = (name: 'policy' | 'servers' | 'audit'): string => {
    const value = values[name];
    if (value === undefined || value === '') throw new UsageError(`\`--${name}\` is missing: see --help`);
    return value;
  };
  return {
    policy: needed('policy'),
    servers: resolve(cwd, needed('servers')),
    audit: resolve(cwd, needed('audit')),
    identity: identityOf(values, cwd),
    port: portOf(values.port),
    logArguments: values['no-arguments'] !== true,
    readings: values.readings === undefined ? undefined : readingsFile(resolve(cwd, values.readings)),
  };
}

type GatewayOptionValues = ReturnType<typeof parsed>;

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        policy: { type: 'string' },
        servers: { type: 'string' },
        audit: { type: 'string' },
        'no-arguments': { type: 'boolean' },
        port: { type: 'string' },
        readings: { type: 'string' },
        agent: { type: 'string' },
        instance: { type: 'string' },
        user: { type: 'string' },
        group: { type: 'string', multiple: true },
        'no-groups': { type: 'boolean' },
        identity: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
      strict: true,
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}: see --help`);
  }
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) throw new UsageError(`\`${text}\` is no port: it is a number up to 65535`);
  return port;
}

function identityOf(values: GatewayOptionValues, cwd: string): Identity {
  const given = values.identity === undefined ? {} : identityFile(resolve(cwd, values.identity));
  const { agent, instance, user } = values;
  const groups = values['no-groups'] === true ? [] : values.group;
  const people = {
    ...(user === undefined ? {} : user.includes('@') ? { email: user } : { id: user }),
    ...(groups === undefined ? {} : { groups }),
  };
  return {
    ...given,
    ...(agent === undefined ? {} : { agent: { ...given.agent, slug: agent } }),
    ...(instance === undefined ? {} : { instance: { ...given.instance, id: instance } }),
    ...(Object.keys(people).length === 0 ? {} : { user: { ...given.user, ...people } }),
  };
}

const PARTS = ['agent', 'instance', 'user'];

function identityFile(path: string): Identity {
  const value = readJsonFile(path);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`\`${path}\` is not an identity: an object with \`agent\`, \`instance\` and \`user\``);
  const other = Object.keys(value).find((key) => !PARTS.includes(key));
  if (other !== undefined) throw new UsageError(`\`${path}\`: \`${other}\` is none of ${PARTS.join(', ')}`);
  const [problem] = validateCall({ ...value, id: '' });
  if (problem !== undefined) throw new UsageError(`\`${path}\`: ${problem.pointer}: ${problem.message}`);
  // INVARIANT: its members are those of a call, and `validateCall` found nothing wrong with them.
  return value as Identity;
}

function readingsFile(path: string): GatewayProfile {
  const value = readJsonFile(path);
  const [problem] = validateReadings(value);
  if (problem !== undefined) throw new UsageError(`\`${path}\`: ${problem.pointer} ${problem.message}`);
  // INVARIANT: `validateReadings` found nothing wrong with it.
  return value as GatewayProfile;
}

/** A small file of configuration. Throws `UsageError`; never says what is in the file. */
export function readJsonFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`\`${path}\` cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'failed'}`);
  }
  const { value, problems } = readJson(text);
  const [problem] = problems;
  if (problem?.code === 'duplicate-key') {
    const line = text.slice(0, problem.offset).split('\n').length;
    throw new UsageError(`\`${path}\` has a key twice: the second one is on line ${String(line)}`);
  }
  if (problem !== undefined) throw new UsageError(`\`${path}\` is not JSON`);
  return value;
}
