// The checks that need no build: types, lint, format, unit tests.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, execute, installed, say } from './run.mjs';
import { vitestResult } from './tally.mjs';

/** @typedef {import('./tally.mjs').Result} Result */

/** Makes the tools' configurations leave out what takes long. */
const QUICK = { CHECK: 'quick' };

/**
 * The longest first, so that neither of the two that work is left waiting.
 * @param {boolean} quick leaves out the slowest rules of the lint (see `eslint.config.mjs`)
 */
const checks = (quick) => [
  {
    name: 'lint',
    program: ['eslint', 'bin', 'eslint.js'],
    args: ['.', '--max-warnings', '0', '--cache', '--cache-location', `.cache/eslint${quick ? '-quick' : ''}/`],
  },
  { name: 'types', program: ['typescript', 'bin', 'tsc'], args: ['--noEmit'] },
  { name: 'types of the pure folders', program: ['typescript', 'bin', 'tsc'], args: ['--noEmit', '-p', 'lib'] },
  {
    name: 'format',
    program: ['prettier', 'bin', 'prettier.cjs'],
    args: ['.', '--check', '--log-level', 'warn', '--cache', '--cache-location', '.cache/prettier'],
  },
  { name: 'unused code', program: ['knip', 'bin', 'knip.js'], args: ['--no-progress'] },
];

/** The folder of the reports that this program reads. */
export const reportsFolder = join(cacheFolder, 'reports');

/**
 * A check that passes or fails as one; what it prints is shown only if it fails.
 * @param {string} name
 * @param {readonly string[]} args of Node
 * @param {{ timeoutMs: number, show?: boolean, env?: Record<string, string> }} options
 * @returns {Promise<Result>}
 */
export async function singleCheck(name, args, { timeoutMs, show = false, env = {} }) {
  const started = Date.now();
  if (show) say(`\n— ${name}`);
  const { code, output } = await execute(process.execPath, args, { quiet: !show, timeoutMs, env });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say(`${code === 0 ? '✓' : '✗'} ${name}, ${seconds} s`);
  if (code !== 0) process.stdout.write(output);
  return code === 0 ? { name, passed: 1, failed: 0 } : { name, passed: 0, failed: 1 };
}

/**
 * Types, lint and format, two at a time. `first` is other work that one of the two does before it takes its part of the checks.
 * @param {{ timeoutMs: number, quick?: boolean, first?: () => Promise<unknown> }} options
 */
export async function staticChecks({ timeoutMs, quick = false, first }) {
  mkdirSync(cacheFolder, { recursive: true });
  const waiting = checks(quick);
  const env = quick ? QUICK : {};
  /** @type {Result[]} */
  const results = [];
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      results.push(await singleCheck(check.name, [installed(...check.program), ...check.args], { timeoutMs, env }));
    }
  };
  await Promise.all([lane(), first ? first().then(lane) : lane()]);
  return results;
}

/**
 * The unit tests; a `quick` run leaves out drawn cases and whole suites (see `vitest.config.ts`).
 * @param {{ timeoutMs: number, quick?: boolean }} options
 * @returns {Promise<Result>}
 */
export async function unitTests({ timeoutMs, quick = false }) {
  const report = join(reportsFolder, 'unit.json');
  rmSync(report, { force: true });
  mkdirSync(reportsFolder, { recursive: true });
  const name = quick ? 'unit tests' : 'unit and property tests';
  say(`\n— ${name}`);
  const { code } = await execute(
    process.execPath,
    [installed('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { timeoutMs, ...(quick ? { env: QUICK } : {}) },
  );
  return vitestResult(name, report, code);
}
