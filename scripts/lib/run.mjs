// Running other programs, and saying what is done. Node's own modules only: this file works before anything is installed.
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's top folder, absolute. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where everything that can be made again is kept: caches, the export, reports. */
export const cacheFolder = join(root, '.cache');

/** A problem that the reader can act on: its message is printed without a stack. */
export class Problem extends Error {}

/** @param {string} sentence */
export function say(sentence) {
  process.stdout.write(`${sentence}\n`);
}

/**
 * Runs a program and waits for it. Never throws: a program that cannot be started ends with code 127.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, quiet?: boolean, timeoutMs?: number, cwd?: string }} [options]
 *   `quiet` collects what the program prints instead of showing it; `timeoutMs` ends it (code 124).
 * @returns {Promise<{ code: number, output: string }>}
 */
export function execute(command, args, { env = {}, quiet = false, timeoutMs = 0, cwd = root } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32' && command === 'npm',
      // A group of its own lets a time-out end the program's children too; elsewhere Ctrl-C must reach it.
      detached: timeoutMs > 0 && process.platform !== 'win32',
    });
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));

    let timedOut = false;
    const end = (signal) => {
      try {
        if (timeoutMs > 0 && process.platform !== 'win32') process.kill(-child.pid, signal);
        else child.kill(signal);
      } catch {
        // It has ended already.
      }
    };
    const timer = timeoutMs > 0 ? setTimeout(() => ((timedOut = true), end('SIGKILL')), timeoutMs) : undefined;
    const forward = (signal) => end(signal);
    if (timeoutMs > 0) {
      process.once('SIGINT', forward);
      process.once('SIGTERM', forward);
    }

    const finish = (code, extra = '') => {
      clearTimeout(timer);
      process.removeListener('SIGINT', forward);
      process.removeListener('SIGTERM', forward);
      const late = timedOut ? `\nended after ${Math.round(timeoutMs / 1000)} s: it took too long\n` : '';
      if (!quiet && (late || extra)) process.stderr.write(`${late}${extra}`);
      done({ code: timedOut ? 124 : code, output: Buffer.concat(output).toString('utf8') + late + extra });
    };
    child.once('error', (error) => finish(127, `\`${command}\` cannot be started: ${error.message}\n`));
    child.once('close', (code, signal) => finish(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/**
 * Runs a program and throws a `Problem` unless it ends well.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Parameters<typeof execute>[2]} [options]
 */
export async function run(command, args, options) {
  const { code, output } = await execute(command, args, options);
  if (code === 0) return output;
  if (options?.quiet) process.stderr.write(output);
  throw new Problem(`\`${[command === process.execPath ? 'node' : command, ...args].join(' ')}\` ended with ${code}`);
}

/** The path of a program that an installed package brings. */
export function installed(...path) {
  return join(root, 'node_modules', ...path);
}

/**
 * Runs the main function of a command: a `Problem` is printed as one sentence, anything else with its stack.
 * @param {() => unknown} main
 */
export async function asCommand(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(error instanceof Problem ? `${error.message}\n` : `${error?.stack ?? error}\n`);
    process.exitCode = 1;
  }
}
