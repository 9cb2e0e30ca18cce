import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../components/docs/command-line-text';
import { COMMANDS } from './commands';
import { coloursWanted } from './io';
import { commandCases, FILES, POLICY_FILE } from './testdata/process';

const root = resolve(import.meta.dirname, '../..');
const launcher = join(root, 'scripts', 'policy.mjs');
const folder = mkdtempSync(join(tmpdir(), 'policy-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bundle = (rules: number): string =>
  JSON.stringify({
    format: 'policy-bundle',
    version: 1,
    name: 'Ünï 😂',
    rules: Array.from({ length: rules }, (_, i) => ({ id: `r${String(i)}`, name: '', effect: 'allow', tools: ['*'] })),
  });
writeFileSync(join(folder, 'a b.policy.json'), bundle(1));
writeFileSync(
  join(folder, 'trace.ndjson'),
  Array.from({ length: 50_000 }, (_, i) => `{"id":"c${String(i)}","tool":{"name":"t"}}\n`).join(''),
);

/** Runs the launcher as npm or a shell would, in a folder that is not the repository's. */
function policy(
  args: readonly string[],
  options: { readonly input?: string; readonly env?: Record<string, string> } = {},
) {
  const env: NodeJS.ProcessEnv = { ...process.env, ...options.env };
  if (options.env?.['npm_lifecycle_event'] === undefined) delete env['npm_lifecycle_event'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    input: options.input ?? '',
    env,
  });
  return { status, stdout, stderr };
}

/** Several at a time: a start is mostly waiting. */
async function started(
  args: readonly string[],
  input = '',
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [launcher, ...args], { cwd: folder });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.on('error', () => undefined).end(input);
  const status = await new Promise<number | null>((done) => child.once('close', done));
  return { status, stdout, stderr };
}

for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
const link = policy(['encode', POLICY_FILE]).stdout.trim();
const CASES = commandCases(link);

describe('every command', () => {
  it('has a case here', () => {
    expect(CASES.map(({ command }) => command).sort()).toEqual(Object.keys(COMMANDS).sort());
  });

  it.each(CASES)('$command: help, fine, no, wrong use', async ({ command, fine, no, wrong }) => {
    const [help, first, second, third] = await Promise.all([
      started([command, '--help']),
      started([command, ...fine.args], fine.input),
      started([command, ...no.args], no.input),
      started([command, ...wrong.args]),
    ]);
    expect({ status: help.status, stderr: help.stderr }).toEqual({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(new RegExp(`^policy ${command} [A-Z]`));
    expect(first).toEqual({ status: 0, stdout: expect.stringMatching(fine.out) as string, stderr: first.stderr });
    expect(second).toEqual({ status: 1, stdout: second.stdout, stderr: expect.stringMatching(no.err) as string });
    expect(third).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(wrong.err) as string });
    for (const { stdout, stderr } of [help, first, second, third]) expect(stdout + stderr).not.toContain('\u001b');
  });

  it.skipIf(process.platform === 'win32')('checks a folder of policies as the documentation says', async () => {
    const script = EXAMPLES.find(({ id }) => id === 'shell')?.code ?? '';
    mkdirSync(join(folder, 'policies'));
    const run = (policyFile: string) => {
      writeFileSync(join(folder, 'policies', 'a b.policy.json'), FILES[policyFile] ?? '');
      const env = { ...process.env, PLAYGROUND: root };
      return spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8', env });
    };
    expect(run(POLICY_FILE)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ok +cancel$/m) as string });
    expect(run('failing.json')).toMatchObject({ status: 1, stdout: expect.stringMatching(/^fail +cancel/m) as string });
    expect(readFileSync(join(folder, 'policies', 'a b.policy.json.junit.xml'), 'utf8')).toContain('failures="1"');
    expect(run('broken.json').status).toBe(1);
  });

  it('colours results on a terminal, and not where that is not wanted', () => {
    expect(coloursWanted(false, {})).toBe(false);
    expect(coloursWanted(true, {})).toBe(true);
    expect(coloursWanted(true, { NO_COLOR: '' })).toBe(true);
    expect(coloursWanted(true, { NO_COLOR: '1' })).toBe(false);
    expect(coloursWanted(true, { TERM: 'dumb' })).toBe(false);
  });
});

describe('the command', () => {
  it('keeps results and words apart', () => {
    const { status, stdout, stderr } = policy(['encode', 'a b.policy.json']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^#1\.[A-Za-z0-9_-]+\.[0-9a-f]{12}\n$/);
    expect(stderr).toMatch(/^`Ünï 😂`, 1 rule, digest [0-9a-f]{4}·[0-9a-f]{4}, [0-9]+ characters\n$/);
    expect(policy(['decode', stdout.trim()]).stdout).toBe(`${policy(['decode', '-'], { input: stdout }).stdout}`);
  });

  it('reads standard input, and takes an absolute path', () => {
    const file = policy(['digest', join(folder, 'a b.policy.json')]);
    expect(file.stdout).toMatch(/^[0-9a-f]{64}\n$/);
    expect(policy(['digest', '-'], { input: bundle(1) })).toEqual(file);
  });

  it('ends with 1 where the answer is no, and with 2 where it is used wrongly', () => {
    expect(policy(['validate', '-'], { input: '{}' }).status).toBe(1);
    expect(policy(['validate']).status).toBe(2);
    expect(policy([]).status).toBe(2);
    expect(policy(['test', 'a b.policy.json', '--junit', 'no/such/folder.xml'])).toMatchObject({
      status: 2,
      stderr: '`no/such/folder.xml` cannot be written: there is no such file\n',
    });
    expect(policy(['replay', '-', '-'], { input: bundle(1) })).toEqual({
      status: 2,
      stdout: '',
      stderr: 'standard input can be read only once\n',
    });
  });

  it('takes paths from where npm was called', () => {
    const env = { npm_lifecycle_event: 'policy', INIT_CWD: folder };
    const { status, stdout } = spawnSync(process.execPath, [launcher, 'digest', 'a b.policy.json'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: policy(['digest', 'a b.policy.json']).stdout });
  });

  it('prints every row of a long trace, without colours', () => {
    const { status, stdout } = policy(['replay', 'a b.policy.json', 'trace.ndjson']);
    expect(status).toBe(0);
    expect(stdout.split('\n')).toHaveLength(50_002);
    expect(stdout).not.toContain('\u001b');
  });

  it('ends quietly where the reader goes away', async () => {
    const child = spawn(process.execPath, [launcher, 'replay', 'a b.policy.json', 'trace.ndjson', '--json'], {
      cwd: folder,
    });
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((done) => child.once('close', done));
    expect({ code, words }).toEqual({ code: 0, words: expect.not.stringContaining('EPIPE') as string });
  });

  it('starts many at a time, and makes nothing anew', async () => {
    // What a start costs is the bundling, which is done once: no start after the first may leave another bundle behind.
    const bundles = () => readdirSync(join(root, '.cache', 'policy')).filter((name) => name.startsWith('made-'));
    const before = bundles();
    const codes = await Promise.all(
      Array.from({ length: 4 }, () => {
        const child = spawn(process.execPath, [launcher, 'cel', '1 + 1'], { cwd: folder });
        return new Promise((done) => child.once('close', done));
      }),
    );
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(bundles().filter((name) => !before.includes(name))).toEqual([]);
  });
});
