// Embeds on a phone, and pages of the documentation, which show them: how soon the first decision is there, whether a page with five stays
// fluid while they start, and whether anything moves by itself. Chromium at a quarter of this processor's speed, on the built site
// (`npm run build`), compared with embeds/limits.json. Times are those of the wall: only a machine without other work gives results.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '../lib/chromium.mjs';
import { Problem, asCommand, say } from '../lib/run.mjs';
import { siteFolder } from '../lib/site.mjs';
import { createStaticServer, listen, stop } from '../lib/static-server.mjs';
import { measureFirstDecision } from './embeds/first-decision.mjs';
import { measureFive } from './embeds/five.mjs';
import { measureShift } from './embeds/shift.mjs';
import { medianOf, recordFigure } from './figures.mjs';

const RUNS = Number(process.env.EMBED_RUNS ?? 5);
const limits = JSON.parse(readFileSync(join(import.meta.dirname, 'embeds', 'limits.json'), 'utf8'));
/** One rule with a condition, which is decided on a call of its own making. */
const LINK =
  '#1.Vc_LCsIwEIXhVylnHUu7cGHQl9ClFInJtARy0VwEKXl3SVsUl8PA_83MGH2wIoHj4Y2W7909O2UIDE5YAseZxuxUBEPIhiL4dYb0TumkvQNHoGemmFoRptgK67NLzfHU7LsODDSOJGt8EokUGLQCR7TCmJ9wqWMTvk7y3lQHMpBIdFs3GMrAkIKQtNxQPfAZKwl-KFu93xJ1uQn_oVJDLwpxeaAvHw.1bba767d2845';
const DOCS = ['docs/conditions/', 'docs/language/', 'docs/tool-patterns/', 'docs/embedding/'];

/** Says a figure beside its limit, and keeps it; returns whether it is within the limit. */
function judge(name, value, unit, limit) {
  const rounded = Number(value.toPrecision(3));
  say(`${name}: ${rounded} ${unit} (limit ${limit})`);
  recordFigure({ name: `embeds: ${name}`, value, unit, better: 'lower' });
  return value <= limit;
}

/** @returns {Promise<readonly boolean[]>} whether each limit holds */
async function measureAll(browser, site) {
  const address = `${site}embed/?view=rule&editable=1${LINK}`;
  const decided = [];
  const fives = [];
  for (let run = 0; run < RUNS; run++) decided.push(await measureFirstDecision(browser, address));
  for (let run = 0; run < RUNS; run++) fives.push(await measureFive(browser, site));
  const results = [judge('first decision', medianOf(decided), 'ms', limits.firstDecisionMilliseconds)];
  const task = medianOf(fives.map(({ longestTask }) => longestTask));
  results.push(judge('five in a page, longest task', task, 'ms', limits.longestTaskMilliseconds));
  const late = medianOf(fives.map(({ late, frames }) => (100 * late) / frames));
  results.push(judge('five in a page, frames after more than 50 ms', late, '%', limits.lateFramesOfHundred));
  const moved = Math.max(...fives.map((five) => five.moved));
  results.push(judge('five in a page, layout shift', moved, 'of the screen', limits.shift));
  for (const path of DOCS) {
    for (const screen of /** @type {const} */ (['phone', 'desk'])) {
      const shift = await measureShift(browser, `${site}${path}`, screen);
      results.push(judge(`${path} on a ${screen}, layout shift`, shift, 'of the screen', limits.shift));
    }
  }
  return results;
}

await asCommand(async () => {
  const server = createStaticServer({ folder: siteFolder });
  const port = await listen(server, { port: 0 });
  const browser = await launchChromium();
  try {
    const results = await measureAll(browser, `http://127.0.0.1:${port}/`);
    const missed = results.filter((holds) => !holds).length;
    if (missed > 0) throw new Problem(`${missed} of ${results.length} figures are over their limits`);
  } finally {
    await browser.close();
    await stop(server);
  }
});
