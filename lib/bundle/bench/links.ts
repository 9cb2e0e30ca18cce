/** How long links are, beside other ways to put the same JSON into an address: on six bundles as people share them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import lzString from 'lz-string';
import { recordFigure } from '../../../scripts/bench/figures.mjs';
import { bundleOf, encodeLink, readBundle, writeBundle, type Bundle } from '..';
import { fillRule, ruleId, type Call } from '../../engine';

const samples = (name: string): string => readFileSync(join(process.cwd(), 'public/samples', name), 'utf8');
const calls = (name: string): readonly Call[] =>
  samples(name)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Call);

function acme(): Bundle {
  const read = readBundle(samples('acme.policy.json'));
  if (!read.ok) throw new Error('the sample is no bundle');
  return read.bundle;
}

const whole = acme();
const { catalog, tests } = whole;
const rules = bundleOf('Acme', whole);
const tuesday = calls('acme-tuesday.ndjson');
const incident = calls('acme-incident.ndjson');
const focus = tuesday.find((call) => call.tool?.name === 'send_message') ?? tuesday[0];
if (focus === undefined || catalog === undefined) throw new Error('the samples have changed');

const BUNDLES: readonly (readonly [string, Bundle])[] = [
  [
    'a new policy: two rules',
    bundleOf('New', {
      settings: { gatedWhenFalse: 'continue' },
      rules: [
        fillRule({ id: ruleId('r-1'), name: 'Nothing is deleted', effect: 'deny', tools: ['delete_*', 'drop_*'] }),
        fillRule({ id: ruleId('r-2'), name: 'Allow all', effect: 'allow', tools: ['*'] }),
      ],
    }),
  ],
  ['the rules of a company', rules],
  ['a decision: rules and the call in focus', { ...rules, trace: [focus], focus: focus.id }],
  ['rules, tests and 40 calls', { ...rules, ...(tests === undefined ? {} : { tests }), trace: tuesday.slice(0, 40) }],
  ['rules and the catalog', { ...rules, catalog }],
  ['a support case: rules, catalog, a whole trace', { ...rules, catalog, trace: incident }],
];

/** Each of the same canonical JSON, as long as what is after the `#`. */
const WAYS: readonly (readonly [string, (text: string) => string])[] = [
  ['lz-string', (text) => lzString.compressToEncodedURIComponent(text)],
  ['gzip + base64', (text) => gzipSync(text, { level: 9 }).toString('base64')],
  ['base64', (text) => Buffer.from(text, 'utf8').toString('base64')],
];

const row = (name: string, cells: readonly string[]): void =>
  void process.stdout.write(`${name.padEnd(48)}${cells.map((cell) => cell.padStart(14)).join('')}\n`);
row('characters after the #', ['ours', ...WAYS.map(([name]) => name)]);
for (const [name, bundle] of BUNDLES) {
  const encoded = encodeLink(bundle);
  if (!encoded.ok) throw new Error(`${name} fits into no link: ${encoded.problems[0]?.message ?? ''}`);
  const ours = encoded.fragment.length - 1;
  recordFigure({ name: `links: ${name}`, value: ours, unit: 'characters', better: 'lower' });
  const others = WAYS.map(([, way]) => way(writeBundle(bundle)).length);
  row(
    name,
    [ours, ...others].map((length) => length.toLocaleString('en')),
  );
  if (others.some((length) => length <= ours)) {
    process.stderr.write(`${name}: another way is as short as ours\n`);
    process.exitCode = 1;
  }
}
