import { Misuse, processIo, type Io } from '../../lib/cli';
import { AuditLog } from './audit';
import { Gateway } from './gateway';
import { serveOverHttp } from './http';
import { HELP, readOptions, type Options } from './options';
import { loadPolicy, watchPolicy } from './policy-source';
import { serveOverStdio } from './serve';
import { readServers } from './servers';
import { Upstream, type Watcher } from './upstream';

/** Runs this process as the gateway; `cwd` is the folder that relative paths are taken from. */
export async function runProcess(argv: readonly string[], cwd: string): Promise<void> {
  const io = processIo(cwd, process.env);
  try {
    const options = readOptions(argv, cwd);
    if (options === undefined) await io.out(HELP);
    else process.exitCode = await run(options, cwd, io);
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    io.err(`${error.message}\n`);
    process.exitCode = 2;
  }
}

async function run(options: Options, cwd: string, io: Io): Promise<0 | 1> {
  const said = (sentence: string): void => io.err(`${sentence}\n`);
  const specs = readServers(options.servers, process.env);
  const loaded = await loadPolicy(options.policy, io);
  if (!loaded.ok) {
    for (const reason of loaded.reasons) said(reason);
    return 1;
  }
  const audit = openAudit(options.audit);
  const onChanged: (() => void)[] = [];
  const watcher: Watcher = { said, changed: () => onChanged.forEach((tell) => tell()) };
  const connected = await Promise.allSettled(specs.map((spec) => Upstream.connect(spec, watcher)));
  const upstreams = connected.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const closeAll = async (): Promise<void> => {
    await Promise.allSettled(upstreams.map((upstream) => upstream.close()));
    audit.close();
  };
  const failed = connected.findIndex(({ status }) => status === 'rejected');
  if (failed >= 0) {
    said(`the server \`${specs[failed]?.slug ?? ''}\` cannot be reached: ${reasonOf(connected[failed])}`);
    await closeAll();
    return 1;
  }

  const { identity, logArguments } = options;
  const { policy } = loaded;
  const gateway = new Gateway({ upstreams, policy, audit, identity, logArguments, said, now: () => new Date() });
  onChanged.push(() => gateway.toolsChanged());
  const ended = untilAskedToEnd(options.port === undefined);
  const serving = await served(gateway, options.port, said);
  said(
    `${policy.words}; ${String(upstreams.length)} ${upstreams.length === 1 ? 'server' : 'servers'}; ${serving.words}`,
  );
  const endWatching = io.exists(options.policy) ? watched(gateway, options.policy, cwd, io, said) : () => undefined;
  await ended;
  endWatching();
  await serving.close();
  await closeAll();
  return 0;
}

function openAudit(path: string): AuditLog {
  try {
    return new AuditLog(path);
  } catch (error) {
    throw new Misuse(`\`${path}\` cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function reasonOf(settled: PromiseSettledResult<unknown> | undefined): string {
  if (settled?.status !== 'rejected') return '';
  const reason: unknown = settled.reason;
  return reason instanceof Error ? reason.message : String(reason);
}

async function served(
  gateway: Gateway,
  port: number | undefined,
  said: (sentence: string) => void,
): Promise<{ words: string; close(): Promise<void> }> {
  if (port === undefined) return { words: 'serving over stdio', ...serveOverStdio(gateway, said) };
  try {
    const { url, close } = await serveOverHttp(gateway, port, said);
    return { words: `serving on ${url}`, close };
  } catch (error) {
    throw new Misuse(`cannot serve on port ${String(port)}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A file that does not read leaves the last policy in force: a half-written edit must not open or close everything. */
function watched(gateway: Gateway, file: string, cwd: string, io: Io, said: (sentence: string) => void): () => void {
  return watchPolicy(file, cwd, io, (loaded) => {
    if (loaded.ok) {
      gateway.use(loaded.policy);
      said(`the policy was read again: ${loaded.policy.words}`);
      return;
    }
    said('the policy has changed and cannot be read; the one before stays in force:');
    for (const reason of loaded.reasons) said(`  ${reason}`);
  });
}

function untilAskedToEnd(byStdin: boolean): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
    if (byStdin) process.stdin.once('end', done).once('close', done);
  });
}
