import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError, processIo, type CliIo } from '../../lib/cli';
import { endProcess, Ending, untilSignalled } from './ending';
import { Gateway } from './gateway';
import { serveOverHttp } from './http';
import { AuditLog } from './log/audit-log';
import { HELP, readOptions, type GatewayOptions } from './options';
import { PolicySource } from './policy-source';
import { serveOverStdio, type Serving } from './serve';
import { withoutSecrets } from './upstream/secrets';
import { readServers, type ServersFile } from './upstream/servers';
import { reasonOf, Upstream, type Watcher } from './upstream/upstream';

/** How long the first list of tools waits for servers that start. */
const START_MS = 3000;

/** Runs this process as the gateway; `cwd` is the folder that relative paths are taken from. */
export async function runProcess(argv: readonly string[], cwd: string): Promise<void> {
  const io = processIo(cwd, process.env);
  const ending = new Ending();
  let code = 0;
  try {
    const options = readOptions(argv, cwd);
    if (options === undefined) return await io.out(...HELP.split('\n'));
    code = await run(options, cwd, io, ending);
  } catch (error) {
    code = error instanceof UsageError ? 2 : 1;
    io.err(error instanceof UsageError ? error.message : `the gateway failed: ${reasonOf(error)}`);
  }
  await ending.run();
  await endProcess(code);
}

/** Runs until it is asked to end, or cannot go on; gives the exit code. What it opened, `ending` closes. */
async function run(options: GatewayOptions, cwd: string, io: CliIo, ending: Ending): Promise<0 | 1> {
  const signalled = untilSignalled();
  const file = readServers(options.servers, process.env);
  const clean = withoutSecrets(file.secrets);
  const said = (sentence: string): void => io.err(clean(sentence));
  const source = new PolicySource(options.policy, cwd, io, options.readings);
  const loaded = await source.load();
  if (!loaded.ok) {
    for (const reason of loaded.reasons) said(reason);
    return 1;
  }
  const audit = await openAudit(options.audit);
  ending.add(() => audit.close());
  process.on('SIGHUP', () => {
    said('the audit log is opened again');
    audit.reopen();
  });
  for (const remark of file.remarks) said(remark);

  const { upstreams, onChanged } = startServers(file, said, ending);
  const attempts = Promise.all(upstreams.map(({ firstAttempt }) => firstAttempt));
  const started = Promise.race([attempts, sleep(START_MS, undefined, { ref: false })]);
  const gateway = new Gateway({
    upstreams,
    policy: loaded.policy,
    audit,
    identity: options.identity,
    logArguments: options.logArguments,
    started: started.then(() => undefined),
    said,
    withoutSecrets: clean,
    now: () => new Date(),
  });
  onChanged(() => gateway.toolsChanged());
  ending.add(watchPolicy(source, gateway, said));
  const serving = await served(gateway, options.port, said);
  ending.add(() => serving.close());
  const count = upstreams.length === 1 ? '1 server' : `${String(upstreams.length)} servers`;
  void untilServing(upstreams, started).then((serves) => {
    if (serves) said(`${loaded.policy.words}; ${count}; ${serving.words}`);
  });

  const noServer = async (): Promise<1> => {
    if ((await attempts).includes(true)) return new Promise(() => undefined);
    said('no server can be reached: the gateway ends');
    return 1;
  };
  // Where the input ends early it is still said whether the servers could be reached.
  const inputEnded = async (): Promise<0 | 1> => {
    await serving.ended;
    return (await started)?.includes(true) === false ? 1 : 0;
  };
  return Promise.race([signalled.then(() => 0 as const), inputEnded(), noServer()]);
}

/** Resolves when a server is there, or `started` does; false where it is known by then that none can be reached. */
async function untilServing(upstreams: readonly Upstream[], started: Promise<boolean[] | undefined>): Promise<boolean> {
  const one = Promise.any(
    upstreams.map(async ({ firstAttempt }) => (await firstAttempt) || Promise.reject(new Error())),
  );
  const reached = await Promise.race([one.catch(() => false), started.then((attempts) => attempts?.includes(true))]);
  return reached !== false;
}

async function openAudit(path: string): Promise<AuditLog> {
  try {
    return await AuditLog.open(path);
  } catch (error) {
    throw new UsageError(`\`${path}\` cannot be written as an audit log: ${reasonOf(error)}`);
  }
}

/** All servers at once: one that is slow keeps none of the others. */
function startServers(
  { servers }: ServersFile,
  said: (sentence: string) => void,
  ending: Ending,
): { upstreams: readonly Upstream[]; onChanged: (listener: () => void) => void } {
  let listener = (): void => undefined;
  const watcher: Watcher = {
    said,
    changed: () => listener(),
    pause: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
  };
  const upstreams = servers.map((spec) => new Upstream(spec, servers.length > 1, watcher));
  ending.add(async () => void (await Promise.allSettled(upstreams.map((upstream) => upstream.close()))));
  return { upstreams, onChanged: (given) => (listener = given) };
}

async function served(gateway: Gateway, port: number | undefined, said: (sentence: string) => void): Promise<Serving> {
  if (port === undefined) return serveOverStdio(gateway, said);
  try {
    return await serveOverHttp(gateway, port, said);
  } catch (error) {
    throw new UsageError(`cannot serve on port ${String(port)}: ${reasonOf(error)}`);
  }
}

/** A file that does not read leaves the last policy in force: a half-written edit must not open or close everything. */
function watchPolicy(source: PolicySource, gateway: Gateway, said: (sentence: string) => void): () => void {
  return source.watch((loaded) => {
    if (loaded.ok) {
      gateway.use(loaded.policy);
      said(`the policy was read again: ${loaded.policy.words}`);
      return;
    }
    said('the policy has changed and cannot be read; the one before stays in force:');
    for (const reason of loaded.reasons) said(`  ${reason}`);
  });
}
