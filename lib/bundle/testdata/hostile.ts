/** Reads one hostile input and tells what that took: `tsx hostile.ts NAME`. A process of its own, so that its memory is its own. */
import { deflateSync } from 'fflate';
import { toBase64url } from '../base64url';
import { decodeLink } from '../link';
import { readBundle } from '../read';
import { sha256Hex } from '../sha256';

const MOST = 4 * 1024 * 1024;
const filled = (unit: string, before = '', after = ''): string =>
  before + unit.repeat(Math.floor((MOST - before.length - after.length) / unit.length)) + after;
const bundle = '{"format":"policy-bundle","version":1,"name":"","rules":[';
const numbered = (make: (n: number) => string): string => {
  const parts: string[] = [];
  for (let n = 0, length = 0; length < MOST - 100; n++) {
    const part = make(n);
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
};
const link = (bytes: Uint8Array): string =>
  `#1.${toBase64url(deflateSync(bytes, { level: 9 }))}.${sha256Hex(bytes).slice(0, 12)}`;

export const HOSTILE: Readonly<Record<string, () => string>> = {
  'a bomb of 256 MiB': () => link(new Uint8Array(2 ** 28)),
  'a bomb of valid JSON': () => link(new TextEncoder().encode(`${' '.repeat(2 ** 26)}{}`)),
  '4 MiB of white space in a link': () => link(new TextEncoder().encode(filled(' ', '', '{}'))),
  '4 MiB of beginnings of links': () => filled('#1.a'),
  '100 levels, again and again': () => filled(`${'['.repeat(100)}0${']'.repeat(100)},`, bundle, '0]}'),
  'nothing but brackets': () => filled('['),
  'rules that are none': () => filled('0,', bundle, '0]}'),
  'keys that stand twice': () => filled('"a":0,', `${bundle}{`, '"a":0}]}'),
  'unknown fields of a rule': () => `${bundle}{${numbered((n) => `"f${String(n)}":0,`)}"id":"x"}]}`,
  'lone surrogates': () => filled('"\\ud800",', bundle, '""]}'),
  '__proto__': () => filled('{"__proto__":{"rules":[]}},', bundle, '{}]}'),
  'one long text': () => filled('x', `${bundle}"`, '"]}'),
  'one long condition': () => filled('(', `${bundle}{"id":"a","name":"","effect":"deny","tools":["*"],"condition":"`, '"}]}'),
  'patterns of braces': () => filled('"{a,{b,{c,d}}}*",', `${bundle}{"id":"a","name":"","effect":"deny","tools":[`, '"*"]}]}'),
};

const make = HOSTILE[process.argv[2] ?? ''];
if (make !== undefined) {
  const text = make();
  const isLink = text.startsWith('#');
  // What is loaded and compiled at the first call is not the input's doing.
  decodeLink('#1.abc.0123456789ab');
  readBundle(`${bundle}]}`);
  const rss = process.resourceUsage().maxRSS;
  const clock = performance.now();
  const started = process.cpuUsage();
  const read = isLink ? decodeLink(text) : readBundle(text);
  const took = performance.now() - clock;
  const { user, system } = process.cpuUsage(started);
  // On a busy machine the clock runs on; where others help to clear the memory, the processor's time counts them all.
  const milliseconds = Math.min(took, (user + system) / 1000);
  const megabytes = (process.resourceUsage().maxRSS - rss) / 1024;
  process.stdout.write(JSON.stringify({ opened: read.ok, milliseconds, megabytes }));
}
