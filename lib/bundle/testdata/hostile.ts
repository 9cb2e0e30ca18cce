/** Reads one hostile input: `tsx hostile.ts NAME`. A process of its own, so that its memory can be limited. */
import { deflateSync } from 'fflate';
import { toBase64url } from '../base64url';
import { decodeLink } from '../link';
import { readBundle } from '../read';
import { sha256Hex } from '../sha256';

/** Makes a text of about so many characters; of a link, so many bytes or more are packed into it. */
type HostileInput = (size: number) => string;

const filled =
  (unit: string, before = '', after = ''): HostileInput =>
  (size) =>
    before + unit.repeat(Math.floor((size - before.length - after.length) / unit.length)) + after;
const bundle = '{"format":"policy-bundle","version":1,"name":"","rules":[';
const numbered = (size: number, make: (n: number) => string): string => {
  const parts: string[] = [];
  for (let n = 0, length = 0; length < size - 100; n++) {
    const part = make(n);
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
};
const link = (bytes: Uint8Array): string =>
  `#1.${toBase64url(deflateSync(bytes, { level: 9 }))}.${sha256Hex(bytes).slice(0, 12)}`;

export const HOSTILE: Readonly<Record<string, HostileInput>> = {
  'a bomb of 64 MiB': (size) => link(new Uint8Array(16 * size)),
  'a bomb of valid JSON': (size) => link(new TextEncoder().encode(`${' '.repeat(4 * size)}{}`)),
  '4 MiB of white space in a link': (size) => link(new TextEncoder().encode(filled(' ', '', '{}')(size))),
  '4 MiB of beginnings of links': filled('#1.a'),
  '100 levels, again and again': filled(`${'['.repeat(100)}0${']'.repeat(100)},`, bundle, '0]}'),
  'nothing but brackets': filled('['),
  'rules that are none': filled('0,', bundle, '0]}'),
  'keys that stand twice': filled('"a":0,', `${bundle}{`, '"a":0}]}'),
  'unknown fields of a rule': (size) => `${bundle}{${numbered(size, (n) => `"f${String(n)}":0,`)}"id":"x"}]}`,
  'lone surrogates': filled('"\\ud800",', bundle, '""]}'),
  '__proto__': filled('{"__proto__":{"rules":[]}},', bundle, '{}]}'),
  'one long text': filled('x', `${bundle}"`, '"]}'),
  'one long condition': filled('(', `${bundle}{"id":"a","name":"","effect":"deny","tools":["*"],"condition":"`, '"}]}'),
  'patterns of braces': filled('"{a,{b,{c,d}}}*",', `${bundle}{"id":"a","name":"","effect":"deny","tools":[`, '"*"]}]}'),
};

/** Reads one of these as a person's file or link would be read. */
export const readHostile = (text: string): boolean => (text.startsWith('#') ? decodeLink(text) : readBundle(text)).ok;

const make = HOSTILE[process.argv[2] ?? ''];
if (make !== undefined) process.stdout.write(JSON.stringify({ opened: readHostile(make(4 * 2 ** 20)) }));
