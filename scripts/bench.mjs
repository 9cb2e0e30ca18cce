// `npm run bench -- NAME…`: runs benchmarks by name. `all` runs every one, appends the figures to `bench/history.ndjson`, and says what got
// worse; with `--reduced`, for a machine that has other work, only the short ones, and it keeps only ratios and lengths. Each is bundled first, as the site is, so that no TypeScript loader takes part in what is measured.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { dependsOnMachine, describeMachine, findRegressions, readLines } from './bench/figures.mjs';
import { cacheFolder, root, say } from './lib/run.mjs';

const BENCHES = {
  analysis: 'lib/findings/bench/run.ts',
  cel: 'lib/cel/bench/run.ts',
  engine: 'lib/engine/bench/run.ts',
  links: 'lib/bundle/bench/links.ts',
  replay: 'lib/trace/bench/run.ts',
  // These drive a browser on the built site, and measure what happens there.
  editor: 'scripts/bench/editor.mjs',
  million: 'scripts/bench/million.mjs',
  load: 'scripts/bench/load.mjs',
  embeds: 'scripts/bench/embeds.mjs',
};
const names = Object.keys(BENCHES);

/** What a reduced run leaves out: a browser, and other engines over many calls. */
const LONG = ['replay', 'editor', 'million', 'load', 'embeds'];

const historyFile = join(root, 'bench', 'history.ndjson');
const figuresFile = join(cacheFolder, 'bench', 'figures.ndjson');

/** The package's version with the commit that is measured; `+` marks changes that are not committed. */
function measuredVersion() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  try {
    const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
    return `${version} ${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : '+'}`;
  } catch {
    return version;
  }
}

/** @param {string} name @param {Record<string, string>} env added to the environment @returns {Promise<boolean>} whether all limits hold */
async function runBenchmark(name, env) {
  const entry = join(root, BENCHES[name]);
  const options = { stdio: /** @type {const} */ ('inherit'), env: { ...process.env, ...env } };
  if (entry.endsWith('.mjs')) return spawnSync(process.execPath, [entry], options).status === 0;
  const outfile = join(cacheFolder, 'bench', `${name}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(entry).href) },
    logLevel: 'warning',
  });
  return spawnSync(process.execPath, [outfile], options).status === 0;
}

/** @param {boolean} reduced */
function keepHistory(reduced) {
  const history = readLines(historyFile);
  const entry = {
    version: measuredVersion(),
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(),
    // One process for each core is what a machine can do without delaying any.
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
    ...(reduced ? { reduced: `without ${LONG.join(', ')}; ratios and lengths only` } : {}),
    figures: readLines(figuresFile).filter(({ unit }) => !reduced || !dependsOnMachine(unit)),
  };
  mkdirSync(join(root, 'bench'), { recursive: true });
  appendFileSync(historyFile, `${JSON.stringify(entry)}\n`);
  const worse = findRegressions(history, entry);
  say(`\n${entry.figures.length} figures appended to bench/history.ndjson`);
  if (worse.length === 0) say('No figure is worse by more than 10 %.');
  else say(['Worse by more than 10 %:', ...worse.map((sentence) => `  ${sentence}`)].join('\n'));
}

const given = process.argv.slice(2);
const reduced = given.includes('--reduced');
const wanted = given.filter((name) => name !== '--reduced');
const all = wanted.length === 0 || wanted.includes('all');
const unknown = wanted.filter((name) => name !== 'all' && !names.includes(name));
if (unknown.length) {
  console.error(`no such benchmark: ${unknown.join(', ')} (there are: all, ${names.join(', ')})`);
  process.exit(2);
}
mkdirSync(join(cacheFolder, 'bench'), { recursive: true });
rmSync(figuresFile, { force: true });
const environment = all ? { BENCH_FIGURES: figuresFile } : {};
for (const name of all ? names : wanted) {
  if (reduced && LONG.includes(name)) continue;
  say(`\n— ${name}\n`);
  if (!(await runBenchmark(name, environment))) process.exitCode = 1;
}
if (all) keepHistory(reduced);
