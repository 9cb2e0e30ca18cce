// The first load as Lighthouse rates it: mobile, the built site served as `npm start` does. The median of five runs (LOAD_RUNS=…) of each
// page in `load/limits.json`, beside the least score that is wanted. Lighthouse is fetched from npm for the run: nothing else needs it.
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../lib/browsers.mjs';
import { chromiumArguments } from '../lib/chromium.mjs';
import { Problem, asCommand, execute, say } from '../lib/run.mjs';
import { siteFolder } from '../lib/site.mjs';
import { createStaticServer, listen, stop } from '../lib/static-server.mjs';
import { medianOf, recordFigure } from './figures.mjs';

/** The last version for the Node that this project asks for. */
const LIGHTHOUSE = 'lighthouse@12.8.2';
const RUNS = Number(process.env.LOAD_RUNS ?? 5);
/** @type {readonly { path: string, score: number }[]} */
const limits = JSON.parse(readFileSync(join(import.meta.dirname, 'load', 'limits.json'), 'utf8'));

/** @typedef {{ score: number, blocking: number, largestPaint: number, shift: number, benchmark: number }} PageLoad times in milliseconds */

/** @param {string} address @param {string} file @returns {Promise<PageLoad>} */
async function loadPage(address, file) {
  const CHROME_PATH = findBrowser('chromium');
  if (CHROME_PATH === undefined) throw new Problem('Chromium is not here: install it, or name it in CHROMIUM_PATH.');
  const flags = ['--headless=new', ...chromiumArguments].join(' ');
  const { code, output } = await execute(
    'npx',
    [
      '--yes',
      LIGHTHOUSE,
      address,
      '--quiet',
      '--only-categories=performance',
      '--output=json',
      `--output-path=${file}`,
      `--chrome-flags=${flags}`,
    ],
    { quiet: true, timeoutMs: 180_000, env: { CHROME_PATH, CI: '1' } },
  );
  if (code !== 0) throw new Problem(`Lighthouse failed on ${address}:\n${output}`);
  const { categories, audits, environment } = JSON.parse(readFileSync(file, 'utf8'));
  return {
    score: Math.round(categories.performance.score * 100),
    blocking: audits['total-blocking-time'].numericValue,
    largestPaint: audits['largest-contentful-paint'].numericValue,
    shift: audits['cumulative-layout-shift'].numericValue,
    benchmark: environment.benchmarkIndex,
  };
}

await asCommand(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'load-'));
  const server = createStaticServer({ folder: siteFolder });
  const port = await listen(server, { port: 0 });
  let missed = 0;
  try {
    say('| page | score | wanted | total blocking time | largest paint | layout shift | the machine, by Lighthouse |');
    say('| --- | --- | --- | --- | --- | --- | --- |');
    for (const { path, score: wanted } of limits) {
      const loads = [];
      for (let run = 0; run < RUNS; run++) {
        loads.push(await loadPage(`http://127.0.0.1:${port}${path}`, join(folder, 'report.json')));
      }
      /** @param {keyof PageLoad} figure */
      const median = (figure) => medianOf(loads.map((load) => load[figure]));
      const score = median('score');
      if (score < wanted) missed += 1;
      const [blocking, paint] = [median('blocking'), median('largestPaint')].map((ms) => `${Math.round(ms)} ms`);
      const cells = [path, score, wanted, blocking, paint, median('shift').toFixed(3), Math.round(median('benchmark'))];
      say(`| ${cells.join(' | ')} |`);
      recordFigure({ name: `load: ${path}`, value: score, unit: 'score', better: 'higher' });
    }
  } finally {
    await stop(server);
    rmSync(folder, { recursive: true });
  }
  if (missed > 0) throw new Problem(`${missed} of ${limits.length} pages have a lower score than is wanted`);
});
