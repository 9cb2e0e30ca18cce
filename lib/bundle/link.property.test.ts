import { inflateRawSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { deflateSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthOf, LINEAR } from '../testdata/counted-work';
import { toBase64url, fromBase64url } from './base64url';
import { decodeLink, encodeLink, looksLikeLink, type DecodedLink } from './link';
import { bundleOf, type Bundle } from './model';
import { readBundle } from './read';
import { bundles } from './testdata/arbitrary';
import { writeBundle } from './write';

const policy = readBundle(
  JSON.stringify({
    format: 'policy-bundle',
    version: 1,
    name: 'Wipe gate — 𝄞',
    rules: [
      { id: 'r1', name: 'No wipes', effect: 'deny', tools: ['wipe_*'], scope: { resources: ['tag:prod'] } },
      { id: 'r2', name: 'Allow all', effect: 'allow', tools: ['*'] },
    ],
  }),
);
if (!policy.ok) throw new Error('the bundle of this test must be valid');
const bundle: Bundle = policy.bundle;
const link = fragment(bundle);
const [, payload = '', check = ''] = link.split('.');
const PAGE = 'https://play.example/a/b/';

function fragment(of: Bundle): string {
  const encoded = encodeLink(of);
  if (!encoded.ok) throw new Error(JSON.stringify(encoded.problems));
  return encoded.fragment;
}

/** A link made by hand around any bytes, so that its check is right whatever it holds. */
function linkOf(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const digits = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  return `#1.${toBase64url(deflateSync(bytes, { level: 9 }))}.${digits}`;
}

const outcome = (decoded: DecodedLink): string =>
  decoded.ok ? (decoded.repaired ? 'repaired' : 'opened') : decoded.refusal.code;

describe('a link', () => {
  it('is three parts of URL-safe letters, and three lines of any language decode it', () => {
    expect(link).toMatch(/^#1\.[A-Za-z0-9_-]+\.[0-9a-f]{12}$/);
    const bytes = inflateRawSync(Buffer.from(payload, 'base64url'));
    expect(bytes.toString('utf8')).toBe(writeBundle(bundle));
    expect(createHash('sha256').update(bytes).digest('hex').slice(0, 12)).toBe(check);
  });

  it('brings back every bundle as it was', () => {
    fc.assert(
      fc.property(bundles, (written) => {
        const read = readBundle(JSON.stringify(written));
        if (!read.ok) throw new Error(JSON.stringify(read.problems));
        const decoded = decodeLink(PAGE + fragment(read.bundle));
        expect(decoded).toMatchObject({ ok: true, bundle: read.bundle, repaired: false });
      }),
    );
  });

  const refused: readonly (readonly [string, Bundle, string, string])[] = [
    [
      '2,001 calls',
      { ...bundle, trace: Array.from({ length: 2_001 }, (_, i) => ({ id: `c${String(i)}` as never })) },
      '/trace',
      'too-many',
    ],
    ['5 MiB', { ...bundle, notes: 'x'.repeat(5 * 2 ** 20) }, '', 'too-large'],
    ['half a character', { ...bundle, name: '\ud800' }, '/name', 'lone-surrogate'],
  ];
  it.each(refused)('is not made of %s', (_, of, pointer, code) => {
    expect(encodeLink(of)).toMatchObject({ ok: false, problems: [{ pointer, code }] });
  });
});

describe('what is opened', () => {
  const cases: readonly (readonly [string, string, 'opened' | 'repaired'])[] = [
    ['the fragment', link, 'opened'],
    ['an address', PAGE + link, 'opened'],
    ['a link in a sentence', `see ${PAGE}${link} for the policy`, 'repaired'],
    ['a full stop behind it', `${PAGE}${link}.`, 'repaired'],
    ['brackets around it', `(<${PAGE}${link}>)`, 'repaired'],
    ['quotes around it', `"${link}"`, 'repaired'],
    ['Markdown', `[policy](${PAGE}${link})`, 'repaired'],
    ['an escaped hash', `${PAGE}${link.replace('#', '%23')}`, 'repaired'],
    ['no hash', link.slice(1), 'repaired'],
    ['white space around it', `\n  ${link} \t\n`, 'repaired'],
    ['a break in the payload', `${link.slice(0, 40)}\r\n    ${link.slice(40)}`, 'repaired'],
    ['a break after every letter', [...link].join('\n'), 'repaired'],
    ['an invisible space', `${link.slice(0, 50)}\u200b${link.slice(50)}`, 'repaired'],
    ['the same link twice', `${link} ${link}`, 'opened'],
    ['another anchor before it', `${PAGE}#rules and ${PAGE}${link}`, 'opened'],
    ['a broken link before it', `${link.slice(0, -20)} better: ${link}`, 'opened'],
  ];
  const folded = (width: number, end: string, start: string) =>
    `${start}${(PAGE + link).match(new RegExp(`.{1,${String(width)}}`, 'g'))?.join(`${end}\n${start}`) ?? ''}`;
  const wrapped = (times: number) => {
    let address = PAGE + link;
    for (let n = 0; n < times; n++) address = `https://safe.example/?url=${encodeURIComponent(address)}&data=05%7C01`;
    return address;
  };
  const proofpoint2 = encodeURIComponent(PAGE + link)
    .replace(/[-_]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '_')
    .replaceAll('%', '-');
  const repairs: readonly (readonly [string, string])[] = [
    ['escapes of Markdown', (PAGE + link).replace(/[-_.#]/g, '\\$&')],
    ['escaped underscores', (PAGE + link).replaceAll('_', '\\_')],
    ['quoted-printable', `Hello,\n${folded(76, '=', '')}\nBye`.replace('#1', '=231')],
    ['quoted-printable with CRLF', folded(60, '=', '').replaceAll('\n', '\r\n')],
    ['`=3D` beside it', `<a href=3D"${folded(70, '=', '')}">`],
    ['a reply', folded(70, '', '> ')],
    ['a reply to a reply', folded(70, '', '>> > ')],
    ['a reply with initials', folded(70, '', 'AB> ')],
    ['a reply in quoted-printable', folded(70, '=', '> ')],
    ['a table of text', folded(60, ' |', '| ')],
    ['source code', folded(60, '" +', '    "')],
    ['a comment', folded(60, '', ' // ')],
    ['a shell', folded(60, '\\', '')],
    ['an address in an address', wrapped(1)],
    ['two addresses around it', wrapped(2)],
    ['three addresses around it', wrapped(3)],
    ['everything encoded', `u=${[...PAGE, ...link].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('')}`],
    ['URL Defense 2', `https://urldefense.proofpoint.com/v2/url?u=${proofpoint2}&d=DwMFaQ&c=x`],
    ['URL Defense 3', `https://urldefense.com/v3/__${PAGE}${link.replace('#', '*')}__;Iw!!abc$`],
    [
      'URL Defense 3 in SafeLinks',
      `https://safe.example/?url=${encodeURIComponent(`https://urldefense.com/v3/__${PAGE}${link.replace('#', '*')}__;Iw!!abc$`)}&x=1`,
    ],
    ['HTML', `<p><a href="${PAGE}${link.replace('#', '&#35;')}&amp;x=1">here</a></p>`],
    ['HTML with its letters marked', (PAGE + link).replaceAll('.', '<wbr>.').replaceAll('_', '&lowbar;')],
    ['a string of JSON', `{"text":"see ${PAGE}${link.replace('#', '\\u0023')} please"}`],
    ['a footnote', `[1]: <${PAGE}${link}> "the policy"`],
  ];
  it.each(repairs)('after what was done to it: %s', (_, text) => {
    const decoded = decodeLink(text);
    expect(outcome(decoded)).toBe('repaired');
    expect(decoded).toMatchObject({ bundle, fragment: link });
    expect(looksLikeLink(text)).toBe(true);
  });

  it('and two of them are still two', () => {
    const other = fragment(bundleOf('other', bundle)).replaceAll('_', '\\_');
    expect(outcome(decodeLink(`${link} and ${other.includes('\\') ? other : other.replace('#', '%2523')}`))).toBe(
      'several-links',
    );
  });

  it.each(cases)('%s', (_, text, expected) => {
    const decoded = decodeLink(text);
    expect(outcome(decoded)).toBe(expected);
    expect(decoded).toMatchObject({ bundle, fragment: link });
    expect(looksLikeLink(text)).toBe(true);
  });

  it('a payload that is not canonical, with a warning', () => {
    const decoded = decodeLink(linkOf(JSON.stringify(JSON.parse(writeBundle(bundle)), null, 1)));
    expect(decoded).toMatchObject({ ok: true, bundle, warnings: [{ pointer: '', code: 'not-canonical' }] });
  });
});

describe('what is refused', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['nothing', '', 'not-a-link'],
    ['words', 'hello there', 'not-a-link'],
    ['an anchor', '#rules', 'not-a-link'],
    ['a numbered list', '1. first\n2. second', 'not-a-link'],
    ['an issue', 'see #1 for details', 'not-a-link'],
    ['the beginning', '#1.', 'truncated'],
    ['half of the payload', link.slice(0, link.length / 2), 'truncated'],
    ['no check', `#1.${payload}`, 'truncated'],
    ['a dot and no check', `#1.${payload}.`, 'truncated'],
    ['an ellipsis', `${link.slice(0, 60)}…`, 'truncated'],
    ['an ellipsis in a sentence', `see ${PAGE}${link.slice(0, 60)}… for more`, 'truncated'],
    ['dots', `${PAGE}${link.slice(0, 60)}...`, 'truncated'],
    ['an ellipsis in brackets', `${PAGE}${link.slice(0, 60)}[…]`, 'truncated'],
    ['an ellipsis in the check', `${link.slice(0, -5)}…`, 'truncated'],
    ['an ellipsis in the middle', `${link.slice(0, 30)}…${link.slice(-5)}`, 'truncated'],
    ['bold numbers', '**1. first**\n**2. second**', 'not-a-link'],
    ['the last character cut off', link.slice(0, -1), 'truncated'],
    ['a character too many', `${link}a`, 'damaged'],
    ['an empty payload', `#1..${check}`, 'damaged'],
    ['a check in capitals', `#1.${payload}.${check.toUpperCase().replace(/^[0-9]+$/, 'A')}`, 'damaged'],
    ['everything in small letters', link.toLowerCase(), 'damaged'],
    ['a letter of another alphabet', link.replace(payload.slice(5, 6), '+'), 'damaged'],
    ['padding', `#1.${payload}==.${check}`, 'damaged'],
    ['another check', `#1.${payload}.${check.replace(/./g, (c) => (c === '0' ? '1' : '0'))}`, 'damaged'],
    ['two payloads spliced', `#1.${payload.slice(0, 30)}${payload.slice(60)}.${check}`, 'damaged'],
    ['bytes that are no DEFLATE', `#1.${toBase64url(new Uint8Array([7, 7, 7, 7]))}.${check}`, 'damaged'],
    ['a newer version', link.replace('#1.', '#2.'), 'newer-version'],
    ['a much newer version', '#12.whatever', 'newer-version'],
    ['a newer bundle', linkOf('{"format":"policy-bundle","version":2}'), 'newer-version'],
    ['a bomb of 64 MiB', linkOf(new Uint8Array(2 ** 26)), 'too-large'],
    ['a little more than 4 MiB', linkOf(new Uint8Array(4 * 2 ** 20 + 1)), 'too-large'],
    ['two links', `${link} ${fragment(bundleOf('other', bundle))}`, 'several-links'],
    ['no JSON', linkOf('hello'), 'invalid-bundle'],
    ['nothing at all', linkOf(''), 'invalid-bundle'],
    ['no UTF-8', linkOf(new Uint8Array([0xc3, 0x28])), 'invalid-bundle'],
    [
      'duplicate keys',
      linkOf('{"format":"policy-bundle","version":1,"name":"a","name":"b","rules":[]}'),
      'invalid-bundle',
    ],
    ['100,000 levels', linkOf('['.repeat(100_000)), 'invalid-bundle'],
    [
      '2,001 calls',
      linkOf(
        writeBundle({ ...bundle, trace: Array.from({ length: 2_001 }, (_, i) => ({ id: `c${String(i)}` as never })) }),
      ),
      'invalid-bundle',
    ],
  ];
  it.each(cases)('%s', (_, text, code) => {
    expect(outcome(decodeLink(text))).toBe(code);
  });

  it('says what is wrong with the bundle of a link that is whole', () => {
    expect(decodeLink(linkOf('{"rules":[]}'))).toMatchObject({
      ok: false,
      refusal: {
        code: 'invalid-bundle',
        problems: [{ pointer: '/format' }, { pointer: '/version' }, { pointer: '/name' }],
      },
    });
  });

  it('every cut of the end', () => {
    for (let length = 0; length < link.length; length++) {
      expect(decodeLink(link.slice(0, length)).ok).toBe(false);
    }
  });

  it.each<[string, (size: number) => string]>([
    ['beginnings', (size) => '#1.'.repeat(size)],
    ['a beginning and white space', (size) => `#${' '.repeat(size)}`],
    ['a payload with spaces', (size) => `#1.${'a '.repeat(size)}`],
    ['beginnings without a dot', (size) => '#1'.repeat(size)],
    ['beginnings with white space', (size) => '#  1  '.repeat(size)],
  ])('opens nothing in a text full of %s, in work that grows with its length', (_, textOf) => {
    const { blocks, factor } = growthOf(20_000, textOf, decodeLink);
    expect(blocks).toBeGreaterThan(50);
    expect(factor).toBeLessThan(LINEAR);
    // A regular expression inside does its work uncounted: over this length a quadratic one would not end.
    expect(decodeLink(textOf(500_000)).ok).toBe(false);
  });
});

describe('base64url', () => {
  it('is that of the platform, and strict', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        const text = toBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64url(text)).toEqual(bytes);
      }),
    );
    expect(['A', 'AB', 'ABC=', 'A+', 'AA A', 'é'].map(fromBase64url)).toEqual(Array(6).fill(undefined));
  });
});
