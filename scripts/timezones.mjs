// `node scripts/timezones.mjs [TZDATA.ZI]`: writes lib/cel/values/timezone-names.ts anew from a copy of IANA's time zone database in its compact
// text form (`tzdata.zi`, as operating systems install it and as https://www.iana.org/time-zones distributes the sources it is made of).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/run.mjs';

const source = process.argv[2] ?? '/usr/share/zoneinfo/tzdata.zi';
const target = join(root, 'lib/cel/values/timezone-names.ts');

/** The release, and by the name of each zone the names that are links to it. A `Z` line begins a zone, an `L` line is a link. */
function readDatabase(text) {
  const release = /^# version (\S+)/.exec(text)?.[1];
  const zones = new Map();
  const links = [];
  for (const line of text.split('\n')) {
    const [kind, first, second] = line.split(' ');
    if (kind === 'Z') zones.set(first, []);
    else if (kind === 'L') links.push([first, second]);
  }
  const linkTargets = new Map(links.map(([to, from]) => [from, to]));
  for (const [to, from] of links) {
    let zone = to;
    while (linkTargets.has(zone)) zone = linkTargets.get(zone);
    zones.get(zone).push(from);
  }
  return { release, zones };
}

const { release, zones } = readDatabase(readFileSync(source, 'utf8'));
if (!release || zones.size < 300) throw new Error(`${source} is not the time zone database in its compact form`);

const lines = [...zones].map(([zone, links]) => [zone, ...links.sort()].join(' ')).sort();
writeFileSync(
  target,
  `// Written by scripts/timezones.mjs; do not edit.

/** The release of IANA's time zone database (public domain) that the names were taken from. */
export const TZDB_RELEASE = '${release}';

/** The names of all time zones: a zone a line, and after its name the other names that it goes by. */
export const TIMEZONE_NAMES = \`${lines.join('\n')}\`;
`,
);
console.log(`${target}: release ${release}, ${lines.join(' ').split(' ').length} names of ${lines.length} zones`);
